import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { addDays, Clock, daysBetween, localDateAt, startOfDate, type LocalDate } from '../time/index.js';

/** What was read since the last look: reads of days. A calendar counts as one read, spread over its dates. */
export interface ReadCounts {
  readonly byExperience: ReadonlyMap<number, number>;
  /** By how many days ahead the date lies. */
  readonly byLead: readonly number[];
  /** By the hour of the experience's day. */
  readonly byHour: readonly number[];
}

/** Counts what readers ask for, for whoever wants to know what is worth mirroring. Holds no more than one interval's reads. */
@Injectable()
export class ReadTally {
  private byExperience = new Map<number, number>();
  private byLead: number[];
  private byHour: number[];

  constructor(
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {
    this.byLead = this.noLeads();
    this.byHour = noHours();
  }

  /** The slots of a date were read, by whomever and from wherever the answer came. */
  slots(experienceId: number, date: LocalDate, zone: string): void {
    const today = this.count(experienceId, zone);
    const lead = Math.min(this.byLead.length - 1, Math.max(0, daysBetween(today, date)));
    this.byLead[lead] = (this.byLead[lead] ?? 0) + 1;
  }

  /** The calendar was read. */
  dates(experienceId: number, zone: string): void {
    this.count(experienceId, zone);
    const share = 1 / this.byLead.length;
    this.byLead.forEach((count, lead) => (this.byLead[lead] = count + share));
  }

  /** What was counted since the last call. */
  take(): ReadCounts {
    const { byExperience, byLead, byHour } = this;
    this.byExperience = new Map();
    this.byLead = this.noLeads();
    this.byHour = noHours();
    return { byExperience, byLead, byHour };
  }

  private count(experienceId: number, zone: string): LocalDate {
    this.byExperience.set(experienceId, (this.byExperience.get(experienceId) ?? 0) + 1);
    const now = this.clock.now();
    const today = localDateAt(now, zone);
    const begin = startOfDate(today, zone).getTime();
    const part = (now.getTime() - begin) / (startOfDate(addDays(today, 1), zone).getTime() - begin);
    const hour = Math.min(23, Math.floor(part * 24));
    this.byHour[hour] = (this.byHour[hour] ?? 0) + 1;
    return today;
  }

  private noLeads(): number[] {
    return Array.from({ length: this.settings.windowDays }, () => 0);
  }
}

function noHours(): number[] {
  return Array.from({ length: 24 }, () => 0);
}
