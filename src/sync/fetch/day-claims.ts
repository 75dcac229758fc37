import type { MirrorSettings } from '../../config/index.js';
import { dayName, UNANSWERED } from '../../inventory/index.js';
import type { PrismaService, Sql } from '../../prisma/index.js';
import type { Supplier } from '../../supplier/index.js';
import type { Clock } from '../../time/index.js';
import type { Capacity } from '../capacity/capacity.js';
import type { Instance } from './instance.js';
import { MAX_AGE_LANE_MS } from '../schedule/max-age.js';
import type { Audits } from './audits.js';
import { candidatesOf, DEMAND_MS, isByValue, withoutRetries, worthSending, type DayCandidate } from './choice.js';
import type { ShadowPriceKeeper } from '../rates/shadow-price-keeper.js';
import { NO_BACKFILL, type BackfillDays } from './backfill-days.js';
import { chooseNext, NO_CREDIT, sharesOf, type Credits, type Shares } from './queue.js';
import type { CandidateDay, DayQueue } from '../schedule/day-queue.js';
import { SpanLeases, type ClaimedSpan } from './span-leases.js';
import type { ProductHealth } from './product-health.js';
import type { Offer, SupplierBudget } from '../budget/supplier-budget.js';
import type { StoredInstants } from './stored-instants.js';
import type { SyncControl } from '../pause/sync-control.js';
import type { Priorities } from '../schedule/priorities.js';

/** What this process may request now, and when to claim again. */
export interface Claim {
  readonly spans: readonly ClaimedSpan[];
  readonly nextAt: Date;
  /** When to claim again if somebody waits for a day. */
  readonly allowedAt: Date;
  /** The budget allows a request, but no day is to be fetched. */
  readonly idle: boolean;
}

/** A grant that is not used within this time is dropped: a late request would come too close to the next ones. */
const LATEST_SEND_MS = 850;
/** How long to wait when nothing is due. */
const IDLE_MS = 1_000;

/** Leases the next days of one supplier and takes its budget for them in one transaction, so that neither happens alone. */
export class DayClaims {
  private credits: Credits = NO_CREDIT;
  private readonly spans: SpanLeases;
  /** The last claim had a day that somebody waits for: there may be more of them. */
  private pressing = false;

  constructor(
    private readonly supplier: Supplier,
    private readonly prisma: PrismaService,
    private readonly control: SyncControl,
    private readonly budget: SupplierBudget,
    private readonly queue: DayQueue,
    private readonly products: ProductHealth,
    private readonly priorities: Priorities,
    private readonly capacity: Capacity,
    private readonly price: ShadowPriceKeeper,
    private readonly audits: Audits,
    private readonly settings: MirrorSettings,
    private readonly instance: Instance,
    private readonly instants: StoredInstants,
    private readonly clock: Clock,
  ) {
    this.spans = new SpanLeases(queue, supplier.client.daysPerRequest);
  }

  /**
   * @param most the most requests that the process can still send
   * @param backfill days of the running backfills
   * @param only true: no days of the queue
   */
  async next(most: number, backfill: BackfillDays = NO_BACKFILL, only = false): Promise<Claim> {
    const { grantedAt, clamped, ...claim } = await this.prisma.inTransaction(async (sql) => {
      const offering = this.budget.offer(sql, most);
      // Sent at once, and runs when the first one has the lock. If that fails, this one tells nothing but that.
      const asking = this.control.isPaused(sql, this.supplier.name);
      asking.catch(() => undefined);
      const offer = await offering;
      const about = { grantedAt: offer.now, clamped: offer.clamped };
      const idleUntil = new Date(offer.now.getTime() + IDLE_MS);
      const nothing = { ...about, spans: [], nextAt: idleUntil, allowedAt: offer.now, idle: true };
      if (offer.count === 0) return { ...about, ...this.after(offer, []) };
      if (await asking) return nothing;
      this.pressing = false;
      const sources = [() => this.leaseBackfill(sql, offer, backfill), ...(only ? [] : [() => this.lease(sql, offer)])];
      if (!backfill.first) sources.reverse();
      const leased = await firstOf(sources);
      if (leased.length === 0) return nothing;
      await this.budget.take(sql, offer, leased.length);
      return { ...about, ...this.after(offer, leased) };
    });
    if (clamped) await this.instants.noteBudgetClamp();
    if (this.clock.now().getTime() - grantedAt.getTime() <= LATEST_SEND_MS) return claim;
    const days = claim.spans.flatMap((span) => span.days);
    await Promise.all(days.map((day) => this.queue.release(day, this.instance.id)));
    return { ...claim, spans: [] };
  }

  private async lease(sql: Sql, offer: Offer): Promise<readonly ClaimedSpan[]> {
    const { now, count, probe } = offer;
    const feasibility = this.capacity.feasibility(offer.requestsPerMinute);
    const { maxAges: keepsMaxAges } = feasibility;
    const found = await this.queue.candidates(sql, {
      ...{ supplier: this.supplier.name, now, limit: count },
      requestedSince: new Date(now.getTime() - DEMAND_MS),
      keepsMaxAges,
      oldBefore: new Date(now.getTime() - MAX_AGE_LANE_MS),
      ...{ longestLease: this.instance.longestLease(now), unanswered: UNANSWERED },
      ...this.products.resting(now),
    });
    const bookable = await this.withoutOver(sql, found);
    const candidates = worthSending(candidatesOf(bookable, now, keepsMaxAges), this.price.leastRank);
    const sound = probe ? withoutRetries(candidates) : candidates;
    const drawn = await this.leaseDrawn(sql, sound, offer);
    const shares = sharesOf(feasibility, this.settings.readThroughShare);
    const chosen = await this.leaseWaiting(sql, sound, { now, count: count - drawn.length, shares });
    this.audits.sent(drawn.length + chosen.length, drawn.length);
    return [...drawn, ...chosen];
  }

  /** A day that was drawn at random: one at most. */
  private async leaseDrawn(sql: Sql, waiting: readonly DayCandidate[], offer: Offer): Promise<readonly ClaimedSpan[]> {
    const audited = await this.audits.draw(sql, waiting, offer, this.price.filling);
    if (!audited) return [];
    const spans = await this.spans.lease(sql, [audited], this.leaseFrom(offer.now));
    const hasIt = ({ days }: ClaimedSpan) => days.some((day) => dayName(day) === dayName(audited));
    return spans.map((span) => (hasIt(span) ? { ...span, audited } : span));
  }

  private async leaseWaiting(
    sql: Sql,
    candidates: readonly DayCandidate[],
    room: Room,
  ): Promise<readonly ClaimedSpan[]> {
    if (room.count === 0) return [];
    const spans = await this.leaseChosen(sql, candidates, room);
    if (spans.length > 0) return spans;
    // If the days by value are not worth their requests, others may still be due.
    const due = candidates.filter((each) => !isByValue(each));
    return this.leaseChosen(sql, due, room);
  }

  private async leaseChosen(
    sql: Sql,
    candidates: readonly DayCandidate[],
    { now, count, shares }: Room,
  ): Promise<readonly ClaimedSpan[]> {
    const { chosen, credits } = chooseNext(candidates, count, shares, this.credits);
    this.credits = credits;
    if (chosen.length === 0) return [];
    this.pressing ||= chosen.some(({ lane }) => lane === 'demand' || lane === 'hint');
    const lease = this.leaseFrom(now);
    const probed = chosen.filter(({ lane }) => lane === 'probe').map(({ day }) => day.experienceId);
    await this.products.probing(sql, probed, lease.until);
    const days = chosen.map((each) => ({ ...each.day, byValue: isByValue(each) }));
    return this.spans.lease(sql, days, lease, this.price.leastWorth);
  }

  private async leaseBackfill(
    sql: Sql,
    { now, count }: Offer,
    backfill: BackfillDays,
  ): Promise<readonly ClaimedSpan[]> {
    if (backfill.days.length === 0) return [];
    const lease = { ...this.leaseFrom(now), unlessSince: backfill.since };
    return this.spans.lease(sql, backfill.days.slice(0, count), lease);
  }

  /** What was claimed of an offer, and when to claim the rest of the budget. */
  private after(offer: Offer, spans: readonly ClaimedSpan[]): Claim {
    const allowedAt = new Date(offer.nextAtMs(spans.length));
    const nextAt = this.pressing ? allowedAt : new Date(offer.togetherAtMs(spans.length));
    return { spans, nextAt, allowedAt, idle: false };
  }

  private leaseFrom(now: Date) {
    const { instance } = this;
    return {
      now,
      until: instance.leaseUntil(now, this.supplier.settings.timeoutMs),
      by: instance.id,
      longest: instance.longestLease(now),
    };
  }

  /** Days that nobody can book any more are worth no request. They are descheduled so that they do not block others. */
  private async withoutOver(sql: Sql, found: readonly CandidateDay[]): Promise<readonly CandidateDay[]> {
    const over = found.filter((day) => day.lane === 'value' && this.priorities.isOver(day));
    if (over.length === 0) return found;
    await this.queue.deschedule(sql, over);
    return found.filter((day) => !over.includes(day));
  }
}

/** What may be leased. */
interface Room {
  readonly now: Date;
  readonly count: number;
  readonly shares: Shares;
}

/** What the first source has that has anything. */
async function firstOf<T>(sources: readonly (() => Promise<readonly T[]>)[]): Promise<readonly T[]> {
  for (const source of sources) {
    const found = await source();
    if (found.length > 0) return found;
  }
  return [];
}
