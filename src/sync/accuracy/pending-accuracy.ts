import type { LocalDate } from '../../time/index.js';
import { addTruth, NO_TRUTH, type Truth } from './read-truth.js';

/** Sums by clock hour and lead. */
export interface HourAccuracy extends Truth {
  readonly hour: Date;
  readonly band: number;
  readonly audits: number;
  readonly trueAudits: number;
}

/** Sums by date (UTC) and experience. */
export interface ExperienceAccuracy extends Truth {
  readonly date: LocalDate;
  readonly experienceId: number;
}

/** What one confirmation showed. */
export interface Judgement {
  readonly experienceId: number;
  readonly at: Date;
  readonly band: number;
  readonly truth: Truth;
  /** The day was drawn at random, and whether it was unchanged; null: it was not. */
  readonly audit: boolean | null;
}

export interface TakenAccuracy {
  readonly hours: readonly HourAccuracy[];
  readonly experiences: readonly ExperienceAccuracy[];
}

export function isNothing({ hours, experiences }: TakenAccuracy): boolean {
  return hours.length + experiences.length === 0;
}

const HOUR_MS = 3_600_000;

/** The clock hour that sums of an instant belong to. */
export function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}

/** Sums of one supplier that are not stored yet. */
export class PendingAccuracy {
  private hours = new Map<string, HourAccuracy>();
  private experiences = new Map<string, ExperienceAccuracy>();

  add({ experienceId, at, band, truth, audit }: Judgement): void {
    const hour = hourOf(at);
    this.addHour({ ...truth, hour, band, audits: audit === null ? 0 : 1, trueAudits: audit ? 1 : 0 });
    if (truth.reads > 0)
      this.addExperience({ ...truth, date: at.toISOString().slice(0, 10) as LocalDate, experienceId });
  }

  /** Returns all sums and clears them. */
  take(): TakenAccuracy {
    const taken = { hours: [...this.hours.values()], experiences: [...this.experiences.values()] };
    this.hours = new Map();
    this.experiences = new Map();
    return taken;
  }

  /** Adds taken sums back, because they could not be stored. */
  putBack({ hours, experiences }: TakenAccuracy): void {
    for (const sums of hours) this.addHour(sums);
    for (const sums of experiences) this.addExperience(sums);
  }

  private addHour(sums: HourAccuracy): void {
    if (sums.reads === 0 && sums.audits === 0) return;
    const key = `${sums.hour.getTime()} ${sums.band}`;
    const before = this.hours.get(key) ?? { ...NO_TRUTH, audits: 0, trueAudits: 0 };
    const audits = { audits: before.audits + sums.audits, trueAudits: before.trueAudits + sums.trueAudits };
    this.hours.set(key, { ...sums, ...addTruth(before, sums), ...audits });
  }

  private addExperience(sums: ExperienceAccuracy): void {
    const key = `${sums.date} ${sums.experienceId}`;
    this.experiences.set(key, { ...sums, ...addTruth(this.experiences.get(key) ?? NO_TRUTH, sums) });
  }
}
