import type { MirrorSettings } from '../../../src/config/index.js';
import { requestsPerDay } from '../../../src/sync/budget/pacing.js';
import { feasibilityOf } from '../../../src/sync/capacity/capacity-plan.js';
import { candidatesOf, isByValue, worthSending, type DayCandidate } from '../../../src/sync/fetch/choice.js';
import { chooseNext, NO_CREDIT, sharesOf, type Credits } from '../../../src/sync/fetch/queue.js';
import { planSpans, type ChosenDay, type PlannedSpan } from '../../../src/sync/fetch/span-plan.js';
import { fillPrice, leastPrice, leastRank } from '../../../src/sync/model/min-value.js';
import { basisOf, hasMoved, UNKNOWN_BASIS } from '../../../src/sync/model/price-basis.js';
import { priorSample } from '../../../src/sync/model/prior-sample.js';
import { priorityOf, type Priority } from '../../../src/sync/model/priority.js';
import { isFilling, type SampledFill } from '../../../src/sync/model/filling.js';
import { drawDays } from '../../../src/sync/model/price-sample.js';
import { nextPrice, shadowPriceOf, type SampledDay } from '../../../src/sync/model/shadow-price.js';
import type { DayRates } from '../../../src/sync/model/value-due.js';
import { afterLastStart, deadlineOf, type Deadline } from '../../../src/sync/schedule/max-age.js';
import { isSuspect } from '../../../src/sync/schedule/priorities.js';
import type { LocalDate } from '../../../src/time/index.js';
import { randomFrom } from '../fixtures.js';
import { dateOf, DAY_MS, instantOf, numberOf, timelineOf, ZONE } from './calendar.js';
import { DayTable, type DayRow } from './day-table.js';
import { Rates } from './rates.js';
import type { Judged, SelfMeasure } from './self-measure.js';
import type { Answer, Chooser, Request } from './simulate.js';
import type { Sight } from './truth.js';
import { LEADS, type World } from './world.js';

const SAMPLE = 1_000;

/** How often the mirror does what the service does all the time, days. */
export interface Cadence {
  readonly learn: number;
  readonly price: number;
  /** From the plan of one experience to that of the next. */
  readonly replan: number;
}

export interface MirrorOptions {
  readonly requestsPerMinute: number;
  /** Consecutive dates of an experience that one request answers. */
  readonly datesPerRequest: number;
  readonly settings: MirrorSettings;
  readonly cadence: Cadence;
  /** Gets what is read and confirmed; undefined: nobody measures. */
  readonly self?: SelfMeasure;
}

/** Slotmirror in a simulated world: the functions that run in the service, on a table in memory. */
export class Mirror implements Chooser {
  private readonly rates: Rates;
  private readonly table: DayTable;
  private readonly shares;
  private readonly keepsMaxAges: boolean;
  private readonly repricedAt: (Date | null)[];
  private readonly random = randomFrom(99);
  private credits: Credits = NO_CREDIT;
  private price: number;
  private readonly priorPrice: number;
  private filling = true;
  private today = -1;
  private learnAt: number;
  private priceAt: number;
  private basis = UNKNOWN_BASIS;
  private replanAt: number;
  private replanned = 0;

  constructor(
    private readonly world: World,
    private readonly options: MirrorOptions,
    start: number,
  ) {
    const { experiences } = world;
    const { requestsPerMinute, datesPerRequest, settings, cadence } = options;
    this.rates = new Rates(experiences, start, world.dates);
    const feasibility = feasibilityOf({ experiences, requestsPerMinute, datesPerRequest, tiers: settings.tiers });
    this.keepsMaxAges = feasibility.maxAges;
    this.table = new DayTable(experiences * world.dates, feasibility.maxAges);
    this.shares = sharesOf(feasibility, settings.readThroughShare);
    this.repricedAt = Array.from({ length: experiences }, () => null);
    this.priorPrice = this.affords(priorSample(experiences, LEADS));
    this.price = Math.max(this.leastOfDay, this.priorPrice);
    this.learnAt = start + cadence.learn;
    this.priceAt = start + cadence.price;
    this.replanAt = start + cadence.replan;
  }

  next(now: number): Request | undefined {
    this.advance(now);
    const at = instantOf(now);
    const rank = leastRank(this.leastOfDay, this.price);
    const candidates = worthSending(candidatesOf(this.table.candidates(at), at, this.keepsMaxAges), rank);
    return (
      this.request(candidates, at) ??
      this.request(
        candidates.filter((each) => !isByValue(each)),
        at,
      )
    );
  }

  /** What `DayClaims` and `SpanLeases` do. */
  private request(candidates: readonly DayCandidate[], at: Date): Request | undefined {
    const { chosen, credits } = chooseNext(candidates, 1, this.shares, this.credits);
    this.credits = credits;
    const [first] = chosen;
    if (!first) return undefined;
    const { experienceId, date } = first.day;
    const [span] = this.spansOf({ experienceId, date, byValue: isByValue(first) }, at);
    return span && { experience: experienceId, dates: span.map((day) => numberOf(day.date)) };
  }

  private spansOf(chosen: ChosenDay, now: Date): readonly PlannedSpan[] {
    const { datesPerRequest: daysPerRequest } = this.options;
    if (daysPerRequest === 1) return [[chosen]];
    const number = numberOf(chosen.date);
    const near = this.table.neighbours(
      this.dayOf(chosen.experienceId, Math.max(this.today, number - daysPerRequest + 1)),
      this.dayOf(chosen.experienceId, Math.min(this.world.dates, number + daysPerRequest) - 1),
    );
    return planSpans([chosen], near, { daysPerRequest, leastWorth: this.least / this.price, now });
  }

  confirmed(experience: number, answers: readonly Answer[], now: number): void {
    this.advance(now);
    // All of them as they were when the request was sent.
    const seen = this.pricesSeenAt(experience);
    const repriced = answers.flatMap((answer) => this.record(experience, answer, now, seen) ?? []);
    for (const before of repriced)
      this.options.self?.repriced(experience, { before, start: later(before, seen), end: instantOf(now) });
    if (repriced.length === 0) return;
    this.repricedAt[experience] = instantOf(now);
    this.replan(experience, now);
  }

  /** @returns if the other days are suspect now, since when */
  private record(experience: number, { date, sight }: Answer, now: number, seen: Date | null): Date | undefined {
    const day = this.dayOf(experience, date);
    const row = this.table.row(day);
    if (!row) return undefined;
    const { confirmedAt: before, closed, lastStart: ends } = row;
    const suspect = this.isSuspect(row);
    const confirmedAt = instantOf(now);
    const lastStart = sight.open ? this.lastStartOf(experience, date) : null;
    const answered = { ...row, confirmedAt, closed: !sight.open, lastStart };
    const due = this.deadlineOf(row.date, confirmedAt, lastStart);
    this.table.record(day, { ...answered, ...due, priority: this.priorityOf(answered, now) });
    if (before === null) return undefined;
    const repricing = sight.priceChanged && !suspect ? { start: later(before, seen), end: confirmedAt } : undefined;
    this.measure(row, { before, closed, ends, repricing }, now, sight);
    this.rates.observe({
      experience,
      date,
      before: before.getTime() / DAY_MS,
      now,
      sight,
      closed,
      suspect,
      lastStart: ends,
    });
    return sight.priceChanged && !suspect ? before : undefined;
  }

  /** The last confirmation of an open date of an experience: it would have shown other prices. */
  private pricesSeenAt(experience: number): Date | null {
    let last: Date | null = null;
    for (let date = this.today; date < this.today + LEADS; date++) {
      const row = this.table.row(this.dayOf(experience, date));
      if (row?.confirmedAt && !row.closed && (!last || row.confirmedAt > last)) last = row.confirmedAt;
    }
    return last;
  }

  /** What `MeasuredAccuracy` does. */
  private measure(
    { experience, date }: DayRow,
    {
      before,
      closed,
      ends,
      repricing,
    }: Pick<Judged, 'before' | 'closed' | 'repricing'> & { readonly ends: Date | null },
    now: number,
    { changed, priceChanged }: Sight,
  ): void {
    const { model } = this.rates;
    const number = numberOf(date);
    const { leadAt } = timelineOf(number, model.activity, ends);
    this.options.self?.confirmed({
      ...{ day: this.dayOf(experience, number), experience, before, now: instantOf(now), leadAt, closed, repricing },
      difference: { prices: priceChanged, rest: changed },
      rates: this.rates.of(experience, number, closed, now, leadAt(now * DAY_MS)),
      staleProbability: model.staleProbability,
    });
  }

  /** What `DueTimes.afterConfirmation` does. */
  private deadlineOf(date: LocalDate, confirmedAt: Date, over: Date | null): Deadline {
    const { tiers } = this.options.settings;
    const deadline = deadlineOf(date, confirmedAt, ZONE, tiers);
    return over
      ? afterLastStart(deadline, { date, confirmedAt, requestedAt: confirmedAt, over, zone: ZONE, tiers })
      : deadline;
  }

  private lastStartOf(experience: number, date: number): Date | null {
    const part = this.world.lastStart[experience] ?? 1;
    return part < 1 ? instantOf(date + part) : null;
  }

  read(experience: number, date: number, now: number, fresh: boolean | undefined): void {
    const isKnown = this.table.row(this.dayOf(experience, date))?.confirmedAt != null;
    if (fresh !== undefined && isKnown) this.options.self?.read(this.dayOf(experience, date), now, fresh);
    this.rates.read(experience, date, now);
    this.table.request(this.dayOf(experience, date), instantOf(now));
  }

  private advance(now: number): void {
    const { cadence } = this.options;
    if (Math.floor(now) > this.today) this.openDays(Math.floor(now), now);
    if (now >= this.learnAt) {
      this.rates.learn(now);
      this.learnAt = now + cadence.learn;
      if (hasMoved(this.basis, basisOf(this.rates.model))) this.priceAt = now;
    }
    if (now >= this.priceAt) {
      this.basis = basisOf(this.rates.model);
      const sample = this.sample(now);
      this.price = nextPrice(this.price, Math.max(this.leastOfDay, this.affords(sample)));
      this.filling = isFilling(sample, fillPrice(this.price, this.leastOfDay, this.priorPrice));
      this.priceAt = now + cadence.price;
    }
    for (; now >= this.replanAt; this.replanAt += cadence.replan) {
      this.replan(this.replanned++ % this.world.experiences, now);
    }
  }

  private openDays(today: number, now: number): void {
    const from = this.today < 0 ? today : this.today + LEADS;
    for (let experience = 0; experience < this.world.experiences; experience++) {
      for (let date = Math.max(0, this.today); date < today; date++) this.table.expire(this.dayOf(experience, date));
      for (let date = from; date < today + LEADS; date++) {
        const fresh = { experience, date: dateOf(date), confirmedAt: null, lastStart: null };
        const priority = this.plan(this.rates.ofNew(), fresh, now, 1);
        this.table.open(this.dayOf(experience, date), experience, fresh.date, priority);
      }
    }
    this.today = today;
  }

  private replan(experience: number, now: number): void {
    for (let date = this.today; date < this.today + LEADS; date++) {
      const day = this.dayOf(experience, date);
      const row = this.table.row(day);
      if (row) this.table.setPriority(day, this.priorityOf(row, now));
    }
  }

  /** What `Priorities.of` does. */
  private priorityOf(row: DayRow, now: number): Priority {
    const date = numberOf(row.date);
    const { leadAt } = timelineOf(date, this.rates.model.activity, row.lastStart);
    const rates = this.rates.of(row.experience, date, row.closed, now, leadAt(now * DAY_MS));
    const suspect = !row.closed && this.isSuspect(row);
    return this.plan(rates, row, now, suspect ? this.rates.model.staleProbability : 0);
  }

  private plan(
    rates: DayRates,
    row: Pick<DayRow, 'date' | 'confirmedAt' | 'lastStart'>,
    now: number,
    staleProbability: number,
  ): Priority {
    const confirmedAt = row.confirmedAt?.getTime() ?? null;
    const refreshes = requestsPerDay(this.options.requestsPerMinute) * this.datesAtOnce;
    const round = this.filling ? (this.world.experiences * LEADS) / refreshes : Infinity;
    const position = { confirmedAt, now: instantOf(now).getTime(), staleProbability, round };
    const price = confirmedAt === null ? fillPrice(this.price, this.leastOfDay, this.priorPrice) : this.price;
    const timeline = timelineOf(numberOf(row.date), this.rates.model.activity, row.lastStart);
    return priorityOf(rates, position, timeline, price);
  }

  private isSuspect({ experience, confirmedAt }: DayRow): boolean {
    return isSuspect({ confirmedAt, repricedAt: this.repricedAt[experience] ?? null });
  }

  private affords(sample: readonly SampledDay[]): number {
    const weight = (this.world.experiences * LEADS) / sample.length;
    return shadowPriceOf(sample, weight, requestsPerDay(this.options.requestsPerMinute), this.datesAtOnce);
  }

  private get datesAtOnce(): number {
    return Math.min(this.options.datesPerRequest, LEADS);
  }

  private get leastOfDay(): number {
    return this.least / this.datesAtOnce;
  }

  private get least(): number {
    return leastPrice(this.options.settings.minValue, this.rates.model.readsPerDay);
  }

  private sample(now: number): SampledFill[] {
    const ranked = this.rates.byReads();
    return drawDays(this.world.experiences, LEADS, SAMPLE, this.random).map(({ place, lead }) => {
      const experience = ranked[place] ?? 0;
      const row = this.table.row(this.dayOf(experience, this.today + lead));
      const neverConfirmed = row?.confirmedAt === null;
      const date = this.today + lead;
      const { leadAt } = timelineOf(date, this.rates.model.activity, row?.lastStart ?? null);
      const rates = this.rates.of(experience, date, row?.closed ?? false, now, leadAt(now * DAY_MS));
      return { ...rates, lead, neverConfirmed };
    });
  }

  private dayOf(experience: number, date: number): number {
    return experience * this.world.dates + date;
  }
}

function later(one: Date, other: Date | null): Date {
  return other && other > one ? other : one;
}
