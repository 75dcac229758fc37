import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ResponseCache, type ReadSubject } from '../http/index.js';
import { Clock, daysBetween, localDayAt } from '../time/index.js';

/** Reads of one supplier's days since the last call. A calendar counts as one read, spread over its dates. */
export interface ReadCounts {
  readonly byExperience: ReadonlyMap<number, number>;
  /** By how many days ahead the date lies. */
  readonly byLead: readonly number[];
  /** By the hour of the experience's day. */
  readonly byHour: readonly number[];
}

interface Tally extends ReadCounts {
  readonly byExperience: Map<number, number>;
  readonly byLead: number[];
  readonly byHour: number[];
}

/** Counts reads, for those who decide what to refresh. Holds one interval's reads at most. */
@Injectable()
export class ReadTally {
  private bySupplier = new Map<string, Tally>();

  constructor(
    private readonly cache: ResponseCache,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * What was read `times` times just now. A response about many experiences is one read, shared out among them: whoever compares
   * a whole catalogue says little of each.
   */
  count(about: readonly ReadSubject[], times = 1): void {
    for (const subject of about) this.countOne(subject, times / about.length);
  }

  private countOne({ supplier, experienceId, date, zone }: ReadSubject, times: number): void {
    const { byExperience, byLead, byHour } = this.of(supplier);
    byExperience.set(experienceId, (byExperience.get(experienceId) ?? 0) + times);
    const now = this.clock.now();
    const { date: today, from, until } = localDayAt(now, zone);
    const part = (now.getTime() - from) / (until - from);
    add(byHour, Math.min(23, Math.floor(part * 24)), times);
    if (date !== null) {
      add(byLead, Math.min(byLead.length - 1, Math.max(0, daysBetween(today, date))), times);
      return;
    }
    const share = times / byLead.length;
    for (let lead = 0; lead < byLead.length; lead++) add(byLead, lead, share);
  }

  /** The reads since the last call by supplier, cache hits included. A supplier without reads has no entry. */
  take(): ReadonlyMap<string, ReadCounts> {
    for (const { about, count } of this.cache.takeHits()) this.count(about, count);
    const taken = this.bySupplier;
    this.bySupplier = new Map();
    return taken;
  }

  private of(supplier: string): Tally {
    let tally = this.bySupplier.get(supplier);
    if (!tally) {
      tally = { byExperience: new Map(), byLead: zeros(this.settings.windowDays), byHour: zeros(24) };
      this.bySupplier.set(supplier, tally);
    }
    return tally;
  }
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function add(counts: number[], place: number, times: number): void {
  counts[place] = (counts[place] ?? 0) + times;
}
