import type { DayMap, MappedExperience } from '../../sync/monitoring/day-map.shape.js';
import { FLAGS } from './day-flags.js';
import { addDays, daysBetween } from './format.js';
import { isShown, type RowFilter } from './row-filter.js';

export interface GridDay {
  readonly experience: GridExperience;
  readonly date: string;
  /** Seconds; null: never fetched. */
  readonly age: number | null;
  readonly maxAge: number;
  readonly flags: number;
}

export interface GridExperience {
  readonly id: number;
  readonly supplier: string;
  readonly name: string | null;
  readonly timeZone: string;
  /** The first date of its window: today, there. */
  readonly from: string;
  readonly paused: boolean;
  /** How old each day of the window may be, seconds. */
  readonly maxAges: readonly number[];
  /** When each was confirmed, epoch milliseconds; null: never. */
  readonly confirmed: (number | null)[];
  readonly flags: number[];
  /** When each lease ends, by its place. */
  readonly leases: Map<number, number>;
}

/** The columns of a row that have a day: from `start` to before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What the map shows: experiences × dates, kept up to date by what is heard. A column is a date. It is not the same day
 * everywhere: a window that begins later than others, or ends earlier, leaves its row empty there.
 */
export class DayGrid {
  /** The date of the first column; undefined: nothing is mirrored. */
  first: string | undefined;
  columns = 0;
  experiences: GridExperience[] = [];
  /** The date of each column: at each frame the map asks for all that are seen. */
  private dates: readonly string[] = [];
  /** Dates in each window. */
  private length = 0;
  /** The column of each date that a window begins with. */
  private starts: ReadonlyMap<string, number> = new Map();
  private filter: RowFilter = { filter: '', supplier: '', show: 'all' };
  private all: GridExperience[] = [];

  /** Takes parts of a map, which replace what was there. */
  load(parts: readonly DayMap[]): void {
    this.length = parts[0]?.length ?? 0;
    this.arrange(parts.flatMap((part) => part.experiences.map((entry) => gridExperience(entry, part))));
  }

  /** Takes one experience as it is now; one that is gone stays until everything is read again. */
  replace(part: DayMap): void {
    const fresh = new Map(part.experiences.map((entry) => [entry.id, gridExperience(entry, part)]));
    this.arrange(this.all.map((known) => fresh.get(known.id) ?? known));
  }

  /** Shows the rows that match. What the filter does not name stays as it was. */
  show(filter: Partial<RowFilter>, now = Date.now()): void {
    this.filter = { ...this.filter, ...filter };
    this.experiences = this.all.filter((experience) => isShown(experience, this.filter, now));
  }

  get total(): number {
    return this.all.length;
  }

  /** The zones of all experiences, each once. */
  get zones(): readonly string[] {
    return [...new Set(this.all.map(({ timeZone }) => timeZone))];
  }

  find(id: number): GridExperience | undefined {
    return this.all.find((experience) => experience.id === id);
  }

  at(row: number, column: number, now: number): GridDay | undefined {
    const experience = this.experiences[row];
    const { start, end } = this.span(row);
    if (!experience || column < start || column >= end) return undefined;
    const place = column - start;
    const confirmed = experience.confirmed[place] ?? null;
    let flags = (experience.flags[place] ?? 0) & ~FLAGS.leased;
    if ((experience.leases.get(place) ?? 0) > now) flags |= FLAGS.leased;
    return {
      experience,
      date: this.dates[column] ?? '',
      age: confirmed === null ? null : Math.max(0, (now - confirmed) / 1_000),
      maxAge: experience.maxAges[place] ?? 0,
      flags,
    };
  }

  span(row: number): Span {
    const experience = this.experiences[row];
    if (!experience) return { start: 0, end: 0 };
    const start = this.starts.get(experience.from) ?? 0;
    return { start, end: start + this.length };
  }

  /** A day was confirmed. What it shows now (closed, sold out) has to be looked up. */
  confirmed(id: number, date: string, asOf: string): void {
    this.change(id, date, (experience, place) => {
      experience.confirmed[place] = Date.parse(asOf);
      experience.flags[place] = (experience.flags[place] ?? 0) & ~FLAGS.failing;
      experience.leases.delete(place);
    });
  }

  leased(id: number, date: string, until: string | null, failing: boolean): void {
    this.change(id, date, (experience, place) => {
      if (until === null) experience.leases.delete(place);
      else experience.leases.set(place, Date.parse(until));
      const flags = (experience.flags[place] ?? 0) & ~FLAGS.failing;
      experience.flags[place] = failing ? flags | FLAGS.failing : flags;
    });
  }

  private change(id: number, date: string, work: (experience: GridExperience, place: number) => void): void {
    const experience = this.find(id);
    if (!experience) return;
    const place = daysBetween(experience.from, date);
    if (place >= 0 && place < this.length) work(experience, place);
  }

  /** The columns reach from the earliest window to the end of the latest, whatever the filter leaves. */
  private arrange(all: GridExperience[]): void {
    this.all = all;
    const begins = [...new Set(all.map(({ from }) => from))].sort();
    const [first] = begins;
    this.first = first;
    this.starts = new Map(first === undefined ? [] : begins.map((from) => [from, daysBetween(first, from)]));
    this.columns = first === undefined ? 0 : Math.max(...this.starts.values()) + this.length;
    this.dates = Array.from({ length: this.columns }, (_, column) => addDays(first ?? '', column));
    this.show({});
  }
}

function gridExperience(
  { ages, flags, firstMaxAge, ...entry }: MappedExperience,
  part: Pick<DayMap, 'asOf' | 'suppliers'>,
): GridExperience {
  const asOf = Date.parse(part.asOf);
  const ofSupplier = part.suppliers.find(({ name }) => name === entry.supplier)?.maxAges ?? [];
  const leases = new Map<number, number>();
  flags.forEach((flag, place) => {
    // When it ends was not told: longer than this no request takes.
    if (flag & FLAGS.leased) leases.set(place, asOf + 15_000);
  });
  return {
    ...entry,
    maxAges: [firstMaxAge, ...ofSupplier.slice(1)],
    confirmed: ages.map((age) => (age === null ? null : asOf - age * 1_000)),
    flags: [...flags],
    leases,
  };
}

/** How old against its max age: the colours of the map, from best to worst. */
export const LEVELS = ['fresh', 'ageing', 'late', 'stale', 'never'] as const;
export type Level = (typeof LEVELS)[number];

export function levelOf({ age, maxAge }: Pick<GridDay, 'age' | 'maxAge'>): Level {
  if (age === null) return 'never';
  const share = age / Math.max(1, maxAge);
  return share <= 0.5 ? 'fresh' : share <= 1 ? 'ageing' : share <= 2 ? 'late' : 'stale';
}
