import type { DayMap, MappedExperience } from './api-types.js';
import { addDays } from './format.js';

export const FLAGS = { closed: 1, soldOut: 2, failing: 4, leased: 8 } as const;

export interface GridDay {
  readonly experience: GridExperience;
  readonly date: string;
  /** Seconds; null: never fetched. */
  readonly age: number | null;
  readonly promise: number;
  readonly flags: number;
}

export interface GridExperience {
  readonly id: number;
  readonly name: string | null;
  readonly timeZone: string;
  readonly from: string;
  readonly paused: boolean;
  /** When each day was confirmed, epoch milliseconds; null: never. */
  readonly confirmed: (number | null)[];
  readonly flags: number[];
  /** When each lease ends, by its place. */
  readonly leases: Map<number, number>;
}

/** What the map shows: experiences × dates, kept up to date by what is heard. */
export class DayGrid {
  length = 0;
  promises: readonly number[] = [];
  experiences: GridExperience[] = [];
  private filter = '';
  private all: GridExperience[] = [];

  /** Takes parts of a map, which replace what was there. */
  load(parts: readonly DayMap[]): void {
    this.length = parts[0]?.length ?? 0;
    this.promises = parts[0]?.promises ?? [];
    this.all = parts.flatMap((part) => part.experiences.map((entry) => gridExperience(entry, Date.parse(part.asOf))));
    this.show(this.filter);
  }

  /** Takes one experience as it is now; one that is gone stays until everything is read again. */
  replace(part: DayMap): void {
    for (const entry of part.experiences) {
      const fresh = gridExperience(entry, Date.parse(part.asOf));
      this.all = this.all.map((known) => (known.id === fresh.id ? fresh : known));
    }
    this.show(this.filter);
  }

  /** Those whose id begins so, or whose name has it. */
  show(filter: string): void {
    this.filter = filter;
    const wanted = filter.trim().toLowerCase();
    this.experiences = this.all.filter(
      ({ id, name }) => wanted === '' || String(id).startsWith(wanted) || (name ?? '').toLowerCase().includes(wanted),
    );
  }

  get total(): number {
    return this.all.length;
  }

  find(id: number): GridExperience | undefined {
    return this.all.find((experience) => experience.id === id);
  }

  at(row: number, column: number, now: number): GridDay | undefined {
    const experience = this.experiences[row];
    if (!experience || column < 0 || column >= this.length) return undefined;
    const confirmed = experience.confirmed[column] ?? null;
    let flags = (experience.flags[column] ?? 0) & ~FLAGS.leased;
    if ((experience.leases.get(column) ?? 0) > now) flags |= FLAGS.leased;
    return {
      experience,
      date: addDays(experience.from, column),
      age: confirmed === null ? null : Math.max(0, (now - confirmed) / 1_000),
      promise: this.promises[column] ?? 0,
      flags,
    };
  }

  /** A day was confirmed. What it shows now (closed, sold out) has to be looked up. */
  confirmed(id: number, date: string, asOf: string): void {
    this.change(id, date, (experience, column) => {
      experience.confirmed[column] = Date.parse(asOf);
      experience.flags[column] = (experience.flags[column] ?? 0) & ~FLAGS.failing;
      experience.leases.delete(column);
    });
  }

  leased(id: number, date: string, until: string | null, failing: boolean): void {
    this.change(id, date, (experience, column) => {
      if (until === null) experience.leases.delete(column);
      else experience.leases.set(column, Date.parse(until));
      const flags = (experience.flags[column] ?? 0) & ~FLAGS.failing;
      experience.flags[column] = failing ? flags | FLAGS.failing : flags;
    });
  }

  private change(id: number, date: string, work: (experience: GridExperience, column: number) => void): void {
    const experience = this.find(id);
    if (!experience) return;
    const column = Math.round((Date.parse(date) - Date.parse(experience.from)) / 86_400_000);
    if (column >= 0 && column < this.length) work(experience, column);
  }
}

function gridExperience({ ages, flags, ...entry }: MappedExperience, asOf: number): GridExperience {
  const leases = new Map<number, number>();
  flags.forEach((flag, column) => {
    // When it ends was not told: longer than this no request takes.
    if (flag & FLAGS.leased) leases.set(column, asOf + 15_000);
  });
  return {
    ...entry,
    confirmed: ages.map((age) => (age === null ? null : asOf - age * 1_000)),
    flags: [...flags],
    leases,
  };
}

/** How old against what was promised: the colours of the map, from best to worst. */
export const LEVELS = ['fresh', 'ageing', 'late', 'stale', 'never'] as const;
export type Level = (typeof LEVELS)[number];

export function levelOf({ age, promise }: Pick<GridDay, 'age' | 'promise'>): Level {
  if (age === null) return 'never';
  const share = age / Math.max(1, promise);
  return share <= 0.5 ? 'fresh' : share <= 1 ? 'ageing' : share <= 2 ? 'late' : 'stale';
}
