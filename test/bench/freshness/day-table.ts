import { DEMAND_MS } from '../../../src/sync/fetch/choice.js';
import { MAX_AGE_LANE_MS } from '../../../src/sync/schedule/max-age.js';
import { INTERVAL_CLASSES, waited, WAITED_FOR_READER } from '../../../src/sync/model/interval-class.js';
import { NO_PRIORITY, type Priority } from '../../../src/sync/model/priority.js';
import type { CandidateDay, NeighbourDay } from '../../../src/sync/schedule/day-queue.js';
import type { LocalDate } from '../../../src/time/index.js';
import { DayHeap } from './heap.js';

export interface DayRow {
  readonly experience: number;
  readonly date: LocalDate;
  confirmedAt: Date | null;
  staleAfter: Date | null;
  dueAt: Date | null;
  requestedAt: Date | null;
  priority: Priority;
  /** Its last answer was empty. */
  closed: boolean;
  /** When the last slot of its last answer starts; null: it has none, or it can be booked until the date is over. */
  lastStart: Date | null;
}

/** The same reader's request is made again after this long, see `experience/read-through.ts`. */
const REQUEST_EVERY_MS = 5_000;

/**
 * What the database does for the queue: rows, and a heap in place of each index. Its lanes are those of
 * `schedule/sql/find-candidates.ts`, of a supplier that never fails.
 */
export class DayTable {
  private readonly rows: (DayRow | undefined)[];
  private readonly demand: DayHeap;
  private readonly due: DayHeap;
  private readonly maxAge: DayHeap;
  private readonly byClass: readonly DayHeap[];
  private readonly surelyStale: DayHeap;
  private readonly neverFetched: DayHeap;

  /** @param keepsMaxAges the budget keeps all max ages */
  constructor(
    size: number,
    private readonly keepsMaxAges: boolean,
  ) {
    const index = () => new DayHeap(size);
    this.rows = Array.from({ length: size });
    this.demand = index();
    this.due = index();
    this.maxAge = index();
    this.byClass = Array.from({ length: INTERVAL_CLASSES }, index);
    this.surelyStale = index();
    this.neverFetched = index();
  }

  row(day: number): DayRow | undefined {
    return this.rows[day];
  }

  open(day: number, experience: number, date: LocalDate, priority: Priority): void {
    const never = { confirmedAt: null, staleAfter: null, dueAt: null, requestedAt: null };
    this.rows[day] = { experience, date, ...never, priority: NO_PRIORITY, closed: false, lastStart: null };
    this.setPriority(day, priority);
  }

  /** The first of each lane, see `find-candidates.ts`. */
  candidates(now: Date): CandidateDay[] {
    const at = now.getTime();
    const candidates: CandidateDay[] = [];
    const add = (lane: CandidateDay['lane'], heap: DayHeap, until = Infinity) => {
      const first = heap.first();
      const row = first && first.key <= until ? this.rows[first.day] : undefined;
      if (!row) return;
      // What `DayClaims.withoutOver` does.
      if (lane === 'value' && row.lastStart && row.lastStart <= now) {
        this.setPriority(first?.day ?? -1, NO_PRIORITY);
      } else candidates.push(candidateOf(row, lane));
    };
    this.forgetRequests(at - DEMAND_MS);
    add('demand', this.demand);
    add('due', this.due, at);
    add('max_age', this.maxAge, at - MAX_AGE_LANE_MS);
    for (const heap of this.byClass) add('value', heap);
    add('value', this.surelyStale);
    if (this.keepsMaxAges) add('value', this.neverFetched);
    return candidates;
  }

  /** The scheduled days among these consecutive ones, see `find-neighbours.ts`. */
  neighbours(first: number, last: number): NeighbourDay[] {
    const days: NeighbourDay[] = [];
    for (let day = first; day <= last; day++) {
      const row = this.rows[day];
      if (!row || !isScheduled(row)) continue;
      const { experience, date, confirmedAt, priority } = row;
      days.push({ experienceId: experience, date, confirmedAt, attempts: 0, hinted: false, ...priority });
    }
    return days;
  }

  /** An answer is recorded: `recorded-columns.ts`. */
  record(
    day: number,
    answer: Pick<DayRow, 'staleAfter' | 'dueAt' | 'priority' | 'closed' | 'lastStart'> & { confirmedAt: Date },
  ): void {
    const row = this.rows[day];
    if (!row) return;
    const { confirmedAt, staleAfter, dueAt, closed, lastStart } = answer;
    Object.assign(row, { confirmedAt, staleAfter, dueAt, closed, lastStart, requestedAt: null });
    this.demand.remove(day);
    put(this.due, day, dueAt);
    put(this.maxAge, day, dueAt === null ? null : confirmedAt);
    this.setPriority(day, answer.priority);
  }

  setPriority(day: number, priority: Priority): void {
    const row = this.rows[day];
    if (!row) return;
    if (row.priority.intervalClass !== null) this.byClass[row.priority.intervalClass]?.remove(day);
    row.priority = priority;
    const { intervalClass, refreshAt, refreshValue } = priority;
    if (intervalClass !== null && refreshAt !== null) this.byClass[intervalClass]?.set(day, refreshAt.getTime());
    if (refreshValue === null) this.surelyStale.remove(day);
    else this.surelyStale.set(day, -refreshValue);
    if (refreshValue === null || row.confirmedAt !== null) this.neverFetched.remove(day);
    else this.neverFetched.set(day, -refreshValue);
  }

  /** A reader finds the day older than its max age, or not fetched yet: `request-day.ts`, and the lane of `find-candidates.ts`. */
  request(day: number, now: Date): void {
    const row = this.rows[day];
    if (!row || (row.staleAfter !== null && row.staleAfter > now)) return;
    const at = now.getTime();
    if (row.requestedAt !== null && row.requestedAt.getTime() > at - REQUEST_EVERY_MS) return;
    const { refreshAt, refreshValue } = row.priority;
    if (!isScheduled(row)) return;
    const confirmed = row.confirmedAt?.getTime();
    const least = this.keepsMaxAges ? 0.5 : WAITED_FOR_READER;
    if (confirmed !== undefined && refreshAt && waited(confirmed, refreshAt.getTime(), at) < least) return;
    if (!this.keepsMaxAges && confirmed !== undefined && !refreshAt && refreshValue === null) return;
    row.requestedAt = now;
    this.demand.set(day, at);
  }

  /** The date is over. */
  expire(day: number): void {
    this.setPriority(day, NO_PRIORITY);
    for (const heap of [this.demand, this.due, this.maxAge]) heap.remove(day);
    this.rows[day] = undefined;
  }

  private forgetRequests(until: number): void {
    for (let first = this.demand.first(); first && first.key <= until; first = this.demand.first()) {
      this.demand.remove(first.day);
    }
  }
}

/** What `is-scheduled.ts` is in SQL. */
function isScheduled({ dueAt, priority }: DayRow): boolean {
  return dueAt !== null || priority.refreshAt !== null || priority.refreshValue !== null;
}

function put(heap: DayHeap, day: number, instant: Date | null): void {
  if (instant === null) heap.remove(day);
  else heap.set(day, instant.getTime());
}

function candidateOf(row: DayRow, lane: CandidateDay['lane']): CandidateDay {
  const { experience, date, confirmedAt, dueAt, requestedAt, priority } = row;
  return {
    lane,
    experienceId: experience,
    date,
    confirmedAt,
    dueAt,
    requestedAt,
    hintedAt: null,
    lastStart: null,
    timeZone: null,
    ...priority,
  };
}
