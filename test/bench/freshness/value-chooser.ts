import { priceOfRequest, type SampledDay } from '../../../src/sync/policy/price.js';
import { chooseNext, NO_CREDIT, sharesOf, valueRank, type Candidate, type Credits } from '../../../src/sync/policy/queue.js';
import { tempoOf, TEMPOS } from '../../../src/sync/policy/tempo.js';
import { dueLead, relativeValue, type DayPosition, type DayRates } from '../../../src/sync/policy/value-due.js';
import { DayHeap } from './heap.js';
import { Knowledge } from './knowledge.js';
import { randomOf } from './random.js';
import type { Chooser, Tiering } from './simulate.js';
import type { Sight } from './truth.js';
import { LEADS, type World } from './world.js';

const DAY_MS = 86_400_000;
const NEVER = 1e9;
/** A day is called for at the latest at this age, days. */
const LAST_CALL = 3.6;
/** How many days are planned anew with each request, whatever happened to them. */
const SWEEP = 2;

/**
 * Asks for what is worth most (rules in `policy/`), with everything learned from what it sees: a candidate for the sync,
 * kept here beside what the sync does, so that the gain is known before it is built in.
 */
export class ValueChooser implements Chooser {
  private readonly dates: number;
  private readonly heaps: DayHeap[];
  private readonly tempo: Int8Array;
  private readonly promised: DayHeap;
  private readonly lastCall: DayHeap;
  private readonly shares;
  private credits: Credits = NO_CREDIT;
  private readonly urgent: Float64Array;
  private readonly signalAt: Float64Array;
  private readonly confirmedAt: Float64Array;
  private readonly closed: Uint8Array;
  private readonly suspect: Uint8Array;
  private readonly knowledge: Knowledge;
  private price = 1;
  private pricedAt = -1;
  private readonly random = randomOf(99);
  private today = -1;
  private sweep = 0;

  constructor(
    private readonly world: World,
    days: number,
    private readonly requestsPerDay: number,
    private readonly tiering: Tiering,
  ) {
    this.dates = days + LEADS;
    const size = world.experiences * this.dates;
    this.heaps = Array.from({ length: TEMPOS + 1 }, () => new DayHeap(size));
    this.tempo = new Int8Array(size).fill(-1);
    this.promised = new DayHeap(size);
    this.lastCall = new DayHeap(size);
    const needed = Array.from({ length: LEADS }, (_, lead) => 1 / tiering.maxAge(lead)).reduce(
      (sum, rate) => sum + rate,
      0,
    );
    this.shares = sharesOf(
      {
        promises: needed * world.experiences * 0.75 <= requestsPerDay,
        rounds: (world.experiences * LEADS) / 4 <= requestsPerDay / 2,
      },
      0,
    );
    this.urgent = new Float64Array(size);
    this.signalAt = new Float64Array(world.experiences).fill(-1);
    this.confirmedAt = new Float64Array(size).fill(-1);
    this.closed = new Uint8Array(size);
    this.suspect = new Uint8Array(size);
    this.knowledge = new Knowledge(world.experiences);
  }

  next(now: number): { experience: number; date: number } | undefined {
    if (Math.floor(now) > this.today) this.beginDay(Math.floor(now), now);
    for (let i = 0; i < SWEEP; i++) this.sweepOne(now);
    const candidates: (Candidate & { day: number })[] = [];
    this.heaps.forEach((heap, tempo) => {
      const first = heap.first();
      if (!first) return;
      const facts = {
        confirmedAt: (this.confirmedAt[first.day] ?? 0) * DAY_MS,
        dueAt: first.key * DAY_MS,
        relativeValue: tempo === TEMPOS ? (this.urgent[first.day] ?? 0) : null,
      };
      candidates.push({ lane: 'value', rank: valueRank(facts, now * DAY_MS), day: first.day });
    });
    const promised = this.promised.first();
    if (promised && promised.key <= now) candidates.push({ lane: 'promised', rank: -promised.key, day: promised.day });
    const lastCall = this.lastCall.first();
    if (lastCall && lastCall.key <= now) candidates.push({ lane: 'last_call', rank: -lastCall.key, day: lastCall.day });
    const { chosen, credits } = chooseNext(candidates, 1, this.shares, this.credits);
    this.credits = credits;
    const best = chosen[0];
    if (now - this.pricedAt >= 1 / 24) this.setPrice(now);
    return best && { experience: Math.floor(best.day / this.dates), date: best.day % this.dates };
  }

  confirmed(experience: number, date: number, now: number, sight: Sight): void {
    const day = experience * this.dates + date;
    const before = this.confirmedAt[day] ?? -1;
    if (before >= 0 && sight.open) this.knowledge.observe(experience, date, before, now, sight.changed);
    this.confirmedAt[day] = now;
    this.closed[day] = sight.open ? 0 : 1;
    this.suspect[day] = 0;
    this.plan(experience, date, now);
    // A change of a day that was confirmed before the last signal is what that signal told already.
    if (sight.priceChanged && before > (this.signalAt[experience] ?? -1)) this.suspectAll(experience, now);
  }

  read(experience: number, date: number, now: number): void {
    this.knowledge.read(experience, date, now);
  }

  private suspectAll(experience: number, now: number): void {
    this.signalAt[experience] = now;
    for (let date = this.today; date < this.today + LEADS; date++) {
      const day = experience * this.dates + date;
      if (this.confirmedAt[day] === now || this.closed[day] === 1) continue;
      this.suspect[day] = 1;
      this.plan(experience, date, now);
    }
  }

  private beginDay(today: number, now: number): void {
    const first = this.today < 0;
    this.today = today;
    if (first) this.setPrice(now);
    else this.knowledge.fade();
    for (let experience = 0; experience < this.world.experiences; experience++) {
      if (today > 0) {
        const passed = experience * this.dates + today - 1;
        this.drop(passed);
        this.promised.remove(passed);
        this.lastCall.remove(passed);
      }
      const from = first ? today : today + LEADS - 1;
      for (let date = from; date < today + LEADS; date++) this.plan(experience, date, now);
    }
  }

  private setPrice(now: number): void {
    this.pricedAt = now;
    const size = Math.min(400, this.world.experiences * LEADS);
    const sample: SampledDay[] = Array.from({ length: size }, () => {
      const experience = Math.floor(this.random() * this.world.experiences);
      const lead = Math.floor(this.random() * LEADS);
      return { ...this.rates(experience, experience * this.dates + this.today + lead), lead };
    });
    const weight = (this.world.experiences * LEADS) / size;
    this.price = priceOfRequest(sample, weight, this.requestsPerDay);
  }

  private sweepOne(now: number): void {
    const size = this.world.experiences * LEADS;
    const index = this.sweep++ % size;
    this.plan(Math.floor(index / LEADS), this.today + (index % LEADS), now);
  }

  private plan(experience: number, date: number, now: number): void {
    if (this.today < 0) return;
    const day = experience * this.dates + date;
    this.drop(day);
    this.promised.set(day, this.promiseOf(date, this.confirmedAt[day] ?? -1, now));
    this.lastCall.set(day, Math.max(0, date - LEADS + 1, this.confirmedAt[day] ?? -1) + LAST_CALL);
    const rates = this.rates(experience, day);
    const confirmed = this.confirmedAt[day] ?? -1;
    const position: DayPosition = {
      confirmed: date - this.knowledge.activityTime(Math.max(0, confirmed)),
      now: date - this.knowledge.activityTime(now),
      lastStart: -1,
      doubt: confirmed < 0 ? 1 : this.suspect[day] === 1 ? 0.9 : 0,
    };
    if (position.doubt > 0) {
      this.urgent[day] = relativeValue(rates, position, this.price);
      this.tempo[day] = TEMPOS;
      this.heaps[TEMPOS]?.set(day, -(this.urgent[day] ?? 0));
      return;
    }
    const u = dueLead(rates, { ...position, now: position.confirmed }, this.price);
    if (u === undefined) return;
    const due = this.knowledge.timeOf(date - u);
    const tempo = tempoOf((due - confirmed) * DAY_MS);
    this.tempo[day] = tempo;
    this.heaps[tempo]?.set(day, due);
  }

  /** When its tier's promise is about to break; a day never confirmed has broken it. */
  private promiseOf(date: number, confirmed: number, now: number): number {
    if (confirmed < 0) return now;
    for (let lead = Math.max(0, date - Math.floor(confirmed)); lead >= 0; lead--) {
      const age = this.tiering.maxAge(lead);
      const breaks = Math.max(date - lead, confirmed + age);
      if (breaks < date - lead + 1) return breaks - Math.min(age * 0.1, 2 / 1_440);
    }
    return NEVER;
  }

  private drop(day: number): void {
    const tempo = this.tempo[day] ?? -1;
    if (tempo >= 0) this.heaps[tempo]?.remove(day);
    this.tempo[day] = -1;
  }

  private rates(experience: number, day: number): DayRates {
    return this.knowledge.rates(experience, this.closed[day] === 1);
  }
}
