import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ResponseCache, type ReadSubject } from '../http/index.js';
import { Clock, daysBetween, localDayAt, type LocalDate } from '../time/index.js';
import { DateReadCounts, type DateReads } from './date-reads.js';

/** Reads of one supplier's days since the last call. A calendar counts as one read, spread over its dates. */
export interface ReadCounts {
  readonly byExperience: ReadonlyMap<number, number>;
  /** By how many days ahead the date lies. */
  readonly byLead: readonly number[];
  /** By the hour of the experience's day, without those of today. */
  readonly byHour: readonly number[];
  /** Reads of single dates. */
  readonly dates: readonly DateReads[];
  /** Reads of calendars, by experience. */
  readonly calendars: ReadonlyMap<number, number>;
}

class Tally {
  readonly byExperience = new Map<number, number>();
  readonly calendars = new Map<number, number>();
  readonly dateReads = new DateReadCounts();
  readonly byHour = zeros(24);
  readonly byLead: number[];

  constructor(leads: number) {
    this.byLead = zeros(leads);
  }

  get dates(): readonly DateReads[] {
    return this.dateReads.all;
  }
}

/** Counts reads, for those who decide what to refresh and those who measure. Holds one interval's reads at most. */
@Injectable()
export class ReadTally {
  private bySupplier = new Map<string, Tally>();
  /** When the hits of the cache were last counted. */
  private countedAt: number;

  constructor(
    private readonly cache: ResponseCache,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {
    this.countedAt = clock.now().getTime();
  }

  /**
   * What was read `times` times just now. A response about many experiences is one read, shared out among them: whoever compares
   * a whole catalogue says little of each.
   */
  count(about: readonly ReadSubject[], times = 1): void {
    this.countAt(this.clock.now().getTime(), about, times);
  }

  private countAt(at: number, about: readonly ReadSubject[], times: number): void {
    let day: ReadDay | undefined;
    for (const subject of about) {
      // Most subjects of a response are in one zone.
      if (day?.zone !== subject.zone) day = readDay(at, subject.zone);
      this.countOne(day, subject, times / about.length);
    }
  }

  private countOne({ today, hour, at }: ReadDay, { supplier, experienceId, date }: ReadSubject, times: number): void {
    const { byExperience, byLead, byHour, calendars, dateReads } = this.of(supplier);
    addTo(byExperience, experienceId, times);
    // Reads of today end with its last start, so they would not show how busy the evening is.
    if (date !== today) add(byHour, hour, times);
    if (date !== null) {
      const lead = Math.min(byLead.length - 1, Math.max(0, daysBetween(today, date)));
      add(byLead, lead, times);
      dateReads.add({ experienceId, date, lead, reads: times, at });
      return;
    }
    addTo(calendars, experienceId, times);
    const share = times / byLead.length;
    for (let lead = 0; lead < byLead.length; lead++) add(byLead, lead, share);
  }

  /** The reads of a date since the last call of `take`; undefined: none. */
  ofDate(supplier: string, experienceId: number, date: LocalDate): DateReads | undefined {
    this.countHits();
    return this.bySupplier.get(supplier)?.dateReads.of(experienceId, date);
  }

  /** The reads since the last call by supplier, cache hits included. A supplier without reads has no entry. */
  take(): ReadonlyMap<string, ReadCounts> {
    this.countHits();
    const taken = this.bySupplier;
    this.bySupplier = new Map();
    return taken;
  }

  private countHits(): void {
    const now = this.clock.now().getTime();
    // When a cached response was served is not noted: some time since the last call.
    const between = this.countedAt < now ? (this.countedAt + now) / 2 : now;
    this.countedAt = now;
    for (const { about, count } of this.cache.takeHits()) this.countAt(between, about, count);
  }

  private of(supplier: string): Tally {
    let tally = this.bySupplier.get(supplier);
    if (!tally) {
      tally = new Tally(this.settings.windowDays);
      this.bySupplier.set(supplier, tally);
    }
    return tally;
  }
}

/** When something was read, where it is. */
interface ReadDay {
  readonly zone: string;
  readonly today: LocalDate;
  /** Which twenty-fourth of the day it was. */
  readonly hour: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

function readDay(at: number, zone: string): ReadDay {
  const { date: today, from, until } = localDayAt(new Date(at), zone);
  return { zone, today, hour: Math.min(23, Math.floor(((at - from) / (until - from)) * 24)), at };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function add(counts: number[], place: number, times: number): void {
  counts[place] = (counts[place] ?? 0) + times;
}

function addTo(counts: Map<number, number>, key: number, times: number): void {
  counts.set(key, (counts.get(key) ?? 0) + times);
}
