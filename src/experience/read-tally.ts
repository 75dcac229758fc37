import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ResponseCache, type ReadSubject } from '../http/index.js';
import { Clock, daysBetween, localDayAt } from '../time/index.js';

/** Reads of days since the last call. A calendar counts as one read, spread over its dates. */
export interface ReadCounts {
  readonly byExperience: ReadonlyMap<number, number>;
  /** By how many days ahead the date lies. */
  readonly byLead: readonly number[];
  /** By the hour of the experience's day. */
  readonly byHour: readonly number[];
}

/** Counts reads, for those who decide what to refresh. Holds one interval's reads at most. */
@Injectable()
export class ReadTally {
  private byExperience = new Map<number, number>();
  private byLead: number[];
  private byHour: number[];

  constructor(
    private readonly cache: ResponseCache,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {
    this.byLead = this.noLeads();
    this.byHour = noHours();
  }

  /** It was read `times` times just now. */
  count({ experienceId, date, zone }: ReadSubject, times = 1): void {
    this.byExperience.set(experienceId, (this.byExperience.get(experienceId) ?? 0) + times);
    const now = this.clock.now();
    const { date: today, from, until } = localDayAt(now, zone);
    const part = (now.getTime() - from) / (until - from);
    add(this.byHour, Math.min(23, Math.floor(part * 24)), times);
    if (date !== null) {
      add(this.byLead, Math.min(this.byLead.length - 1, Math.max(0, daysBetween(today, date))), times);
      return;
    }
    const share = times / this.byLead.length;
    for (let lead = 0; lead < this.byLead.length; lead++) add(this.byLead, lead, share);
  }

  /** The reads since the last call, cache hits included. */
  take(): ReadCounts {
    for (const { about, count } of this.cache.takeHits()) this.count(about, count);
    const { byExperience, byLead, byHour } = this;
    this.byExperience = new Map();
    this.byLead = this.noLeads();
    this.byHour = noHours();
    return { byExperience, byLead, byHour };
  }

  private noLeads(): number[] {
    return Array.from({ length: this.settings.windowDays }, () => 0);
  }
}

function noHours(): number[] {
  return Array.from({ length: 24 }, () => 0);
}

function add(counts: number[], place: number, times: number): void {
  counts[place] = (counts[place] ?? 0) + times;
}
