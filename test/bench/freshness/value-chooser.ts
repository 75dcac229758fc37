import { shadowPriceOf, type SampledDay } from '../../../src/sync/model/shadow-price.js';
import {
  chooseNext,
  NO_CREDIT,
  sharesOf,
  valueRank,
  type Candidate,
  type Credits,
} from '../../../src/sync/fetch/queue.js';
import { INTERVAL_CLASSES } from '../../../src/sync/model/interval-class.js';
import { priorityOf } from '../../../src/sync/model/priority.js';
import type { DayRates } from '../../../src/sync/model/value-due.js';
import { DayHeap } from './heap.js';
import type { Knowledge } from './knowledge.js';
import { feasibility, firstTurn, promiseOf } from './promises.js';
import { randomOf } from './random.js';
import type { Chooser } from './simulate.js';
import type { Tiering } from './tally.js';
import type { Sight } from './truth.js';
import { Wishes, type WishRule } from './wishes.js';
import { LEADS, type World } from './world.js';

const DAY_MS = 86_400_000;
/** A day is called for at the latest at this age, days. */
const LAST_CALL = 3.6;
const SAMPLE = 400;

export interface ValueOptions {
  readonly requestsPerDay: number;
  readonly tiering: Tiering;
  /** How often rates and the price are made anew of what was counted, days. */
  readonly settleEvery: number;
  /** How long it takes until each day was planned anew, whatever happened to it, days. */
  readonly replanEvery: number;
  readonly wishes: WishRule;
  readonly lastCall: 'all' | 'open' | 'none';
  /** Whether last calls go first whatever they cost; otherwise where a round takes at most half of the budget. */
  readonly rounds?: boolean;
}

/** Asks for what is worth most: the rules of `policy/`, with heaps in place of the service's indexes. */
export class ValueChooser implements Chooser {
  private readonly dates: number;
  private readonly heaps: DayHeap[];
  private readonly tempo: Int8Array;
  private readonly promised: DayHeap;
  private readonly lastCall: DayHeap;
  private readonly wishes: Wishes;
  private readonly shares;
  private credits: Credits = NO_CREDIT;
  private readonly confirmedAt: Float64Array;
  private readonly signalAt: Float64Array;
  private readonly closed: Uint8Array;
  private readonly suspect: Uint8Array;
  private price = 1;
  private settledAt = -1;
  private readonly random = randomOf(99);
  private today = -1;
  private swept = 0;
  private startedAt = 0;

  constructor(
    private readonly world: World,
    private readonly knowledge: Knowledge,
    private readonly options: ValueOptions,
  ) {
    this.dates = world.dates;
    const size = world.experiences * this.dates;
    this.heaps = Array.from({ length: INTERVAL_CLASSES + 1 }, () => new DayHeap(size));
    this.tempo = new Int8Array(size).fill(-1);
    this.promised = new DayHeap(size);
    this.lastCall = new DayHeap(size);
    this.wishes = new Wishes(options.wishes);
    this.shares = sharesOf(feasibility(world, options), options.wishes === 'none' ? 0 : 0.2);
    this.signalAt = new Float64Array(world.experiences).fill(-1);
    this.confirmedAt = new Float64Array(size).fill(-1);
    this.closed = new Uint8Array(size);
    this.suspect = new Uint8Array(size);
  }

  next(now: number): { experience: number; date: number } | undefined {
    if (Math.floor(now) > this.today) this.beginDay(Math.floor(now), now);
    if (now - this.settledAt >= this.options.settleEvery) this.settle(now);
    this.replanSome(now);
    const { chosen, credits } = chooseNext(this.candidates(now), 1, this.shares, this.credits);
    this.credits = credits;
    const day = chosen[0]?.day;
    return day === undefined ? undefined : { experience: Math.floor(day / this.dates), date: day % this.dates };
  }

  confirmed(experience: number, date: number, now: number, sight: Sight): void {
    const day = experience * this.dates + date;
    const before = this.confirmedAt[day] ?? -1;
    const suspect = this.suspect[day] === 1;
    if (before >= 0) {
      this.knowledge.observe({
        experience,
        date,
        before,
        now,
        // A price that a signal told of teaches how good signals are, not how often the day changes.
        changed: sight.changed || (sight.priceChanged && !(suspect && this.knowledge.doubt() > 0)),
        closed: this.closed[day] === 1,
        suspicion: suspect ? { right: sight.priceChanged } : undefined,
      });
    }
    this.confirmedAt[day] = now;
    this.closed[day] = sight.open ? 0 : 1;
    this.suspect[day] = 0;
    this.plan(day, now);
    // A change of a day that was confirmed before the last signal is what that signal told already.
    if (sight.priceChanged && before > (this.signalAt[experience] ?? -1)) this.suspectAll(experience, now);
  }

  read(experience: number, date: number, now: number): void {
    this.knowledge.read(experience, date, now);
    const day = experience * this.dates + date;
    if (!this.wishes.wants(() => this.standing(day, now))) return;
    this.wishes.add(day, now);
  }

  private standing(day: number, now: number) {
    const confirmed = this.confirmedAt[day] ?? -1;
    const date = day % this.dates;
    return {
      late: now > this.promiseOf(date, confirmed, 0),
      rates: this.rates(day),
      from: date - this.knowledge.activityTime(Math.max(0, confirmed)),
      to: date - this.knowledge.activityTime(now),
    };
  }

  private candidates(now: number): (Candidate & { day: number })[] {
    const candidates: (Candidate & { day: number })[] = [];
    this.heaps.forEach((heap, tempo) => {
      const first = heap.first();
      if (!first) return;
      const confirmed = this.confirmedAt[first.day] ?? -1;
      const facts = {
        confirmedAt: confirmed < 0 ? null : confirmed * DAY_MS,
        dueAt: first.key,
        relativeValue: tempo === INTERVAL_CLASSES ? -first.key : null,
      };
      candidates.push({ lane: 'value', rank: valueRank(facts, now * DAY_MS), day: first.day, unasked: confirmed < 0 });
    });
    const promised = this.promised.first();
    if (promised && promised.key <= now) candidates.push({ lane: 'promised', rank: -promised.key, day: promised.day });
    const lastCall = this.lastCall.first();
    if (lastCall && lastCall.key <= now) candidates.push({ lane: 'last_call', rank: -lastCall.key, day: lastCall.day });
    const wished = this.wishes.first(now, (day) => this.confirmedAt[day] ?? -1);
    if (wished) candidates.push({ lane: 'wanted', rank: -wished.at, day: wished.day });
    return candidates;
  }

  private suspectAll(experience: number, now: number): void {
    this.signalAt[experience] = now;
    for (let date = this.today; date < this.today + LEADS; date++) {
      const day = experience * this.dates + date;
      if (this.confirmedAt[day] === now || this.closed[day] === 1) continue;
      this.suspect[day] = 1;
      this.plan(day, now);
    }
  }

  private beginDay(today: number, now: number): void {
    const first = this.today < 0;
    this.today = today;
    if (first) {
      this.settle(now);
      this.startedAt = now;
    }
    for (let experience = 0; experience < this.world.experiences; experience++) {
      if (today > 0) this.forget(experience * this.dates + today - 1);
      const from = first ? today : today + LEADS - 1;
      for (let date = from; date < today + LEADS; date++) this.plan(experience * this.dates + date, now);
    }
  }

  private settle(now: number): void {
    this.settledAt = now;
    this.knowledge.settle(now);
    const size = Math.min(SAMPLE, this.world.experiences * LEADS);
    const sample: SampledDay[] = Array.from({ length: size }, () => {
      const experience = Math.floor(this.random() * this.world.experiences);
      const lead = Math.floor(this.random() * LEADS);
      return { ...this.rates(experience * this.dates + this.today + lead), lead };
    });
    const weight = (this.world.experiences * LEADS) / size;
    this.price = shadowPriceOf(sample, weight, this.options.requestsPerDay);
  }

  private replanSome(now: number): void {
    const size = this.world.experiences * LEADS;
    const count = Math.ceil(size / (this.options.requestsPerDay * this.options.replanEvery));
    for (let i = 0; i < Math.min(size, count); i++) {
      const index = this.swept++ % size;
      this.plan(Math.floor(index / LEADS) * this.dates + this.today + (index % LEADS), now);
    }
  }

  private plan(day: number, now: number): void {
    if (this.today < 0) return;
    const date = day % this.dates;
    const confirmed = this.confirmedAt[day] ?? -1;
    const past = this.tempo[day] ?? -1;
    if (past >= 0) this.heaps[past]?.remove(day);
    this.promised.set(day, this.promiseOf(date, confirmed, 0.1));
    if (this.options.lastCall === 'none' || (this.options.lastCall === 'open' && this.closed[day] === 1)) {
      this.lastCall.remove(day);
    } else this.lastCall.set(day, Math.max(0, date - LEADS + 1, confirmed) + LAST_CALL);
    const { tempo, turn } = priorityOf(
      this.rates(day),
      {
        confirmedAt: confirmed < 0 ? null : confirmed * DAY_MS,
        now: now * DAY_MS,
        lastStart: null,
        staleProbability: this.suspect[day] === 1 ? this.knowledge.doubt() : 0,
        round: (this.world.experiences * LEADS) / this.options.requestsPerDay,
      },
      {
        instantOf: (u) => this.knowledge.timeOf(date - u) * DAY_MS,
        leadAt: (ms) => date - this.knowledge.activityTime(ms / DAY_MS),
      },
      this.price,
    );
    this.tempo[day] = turn === null ? -1 : tempo;
    if (turn !== null) this.heaps[tempo]?.set(day, turn);
  }

  private promiseOf(date: number, confirmed: number, slack: number): number {
    if (confirmed < 0) return firstTurn(Math.max(this.startedAt, date - LEADS + 1), date);
    return promiseOf(date, confirmed, this.options.tiering, slack);
  }

  private forget(day: number): void {
    const tempo = this.tempo[day] ?? -1;
    if (tempo >= 0) this.heaps[tempo]?.remove(day);
    this.tempo[day] = -1;
    this.promised.remove(day);
    this.lastCall.remove(day);
  }

  private rates(day: number): DayRates {
    return this.knowledge.rates(Math.floor(day / this.dates), day % this.dates, this.closed[day] === 1);
  }
}
