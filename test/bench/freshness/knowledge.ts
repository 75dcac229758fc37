import { activityBefore, activityCurve, partOfDay, type ActivityCurve } from '../../../src/sync/policy/activity.js';
import { changeCurve, priorChangeCurve, type ChangeCurve } from '../../../src/sync/policy/change-curve.js';
import { demandOf, KEPT_PER_DAY, learnedCurve, lessonOf, multiplierOf } from '../../../src/sync/policy/estimates.js';
import type { DayRates } from '../../../src/sync/policy/value-due.js';
import { LEADS } from './world.js';

/** A day confirmed empty hardly ever changes: two changes in 400 days. */
const CLOSED: ChangeCurve = changeCurve(Array.from({ length: LEADS }, () => 2 / 400));

interface Counts {
  n: number;
  e: number;
}

const none = (): Counts => ({ n: 0, e: 0 });

/** What was learned of a market from its answers and its readers. Time is days since the start. */
export class Knowledge {
  private readonly changes: readonly Counts[];
  private readonly reads: readonly Counts[];
  private readonly leadChanges = Array.from({ length: LEADS }, none);
  private readonly readsByLead = Array.from({ length: LEADS }, () => 0);
  private readonly readsByHour = Array.from({ length: 24 }, () => 0);
  private readonly prior = priorChangeCurve(LEADS, 10);
  private curve: ChangeCurve = changeCurve(this.prior);
  private activity: ActivityCurve = activityCurve([]);
  private leadDemand: readonly number[] = [];

  constructor(experiences: number) {
    this.changes = Array.from({ length: experiences }, none);
    this.reads = Array.from({ length: experiences }, none);
    this.settle();
  }

  read(experience: number, date: number, now: number): void {
    const reads = this.reads[experience];
    if (reads) reads.n++;
    const lead = date - Math.floor(now);
    this.readsByLead[lead] = (this.readsByLead[lead] ?? 0) + 1;
    const hour = Math.floor((now - Math.floor(now)) * 24);
    this.readsByHour[hour] = (this.readsByHour[hour] ?? 0) + 1;
  }

  observe(experience: number, date: number, before: number, now: number, changed: boolean): void {
    const own = this.changes[experience];
    if (!own) return;
    const span = { confirmed: date - this.activityTime(before), now: date - this.activityTime(now), changed };
    const lesson = lessonOf(this.curve, multiplierOf(own), span);
    own.n += lesson.experience.n;
    own.e += lesson.experience.e;
    for (const { lead, n, e } of lesson.leads) {
      const counts = this.leadChanges[lead];
      if (!counts) continue;
      counts.n += n;
      counts.e += e;
    }
  }

  /** A day later: what was seen fades. */
  fade(): void {
    for (const counts of [...this.changes, ...this.reads, ...this.leadChanges]) {
      counts.n *= KEPT_PER_DAY;
      counts.e *= KEPT_PER_DAY;
    }
    this.settle();
  }

  rates(experience: number, closed: boolean): DayRates {
    return {
      changes: closed ? CLOSED : this.curve,
      multiplier: closed ? 1 : multiplierOf(this.changes[experience] ?? none()),
      demand: demandOf(this.reads[experience] ?? none()),
      leadDemand: this.leadDemand,
    };
  }

  activityTime(time: number): number {
    const day = Math.floor(time);
    return day + activityBefore(this.activity, time - day);
  }

  timeOf(activityTime: number): number {
    const day = Math.floor(activityTime);
    return day + partOfDay(this.activity, activityTime - day);
  }

  /** Makes curves of the counts. */
  private settle(): void {
    this.curve = learnedCurve(this.prior, this.leadChanges);
    this.activity = activityCurve(this.readsByHour);
    const prior = Array.from({ length: LEADS }, (_, lead) => 100 * Math.exp(-lead / 15));
    const total = [...prior, ...this.readsByLead].reduce((sum, count) => sum + count, 0);
    this.leadDemand = prior.map((count, lead) => ((count + (this.readsByLead[lead] ?? 0)) / total) * LEADS);
    const mean = this.reads.reduce((sum, { n }) => sum + n, 0) / this.reads.length;
    for (const reads of this.reads) reads.e = mean;
  }
}
