import { Logger } from '@nestjs/common';
import { CLOSED_FINGERPRINT, wasOpen } from '../../inventory/index.js';
import { retried, type PrismaService, type Sql } from '../../prisma/index.js';
import type { Supplier, SupplierFailure } from '../../supplier/index.js';
import { LoggedLately, type Clock } from '../../time/index.js';
import { CLOCK_TOLERANCE_MS } from '../budget/corrected-instants.js';
import type { ClaimedDay } from '../schedule/day-queue.js';
import type { Random } from '../model/random.js';
import type { Listed } from './listed.js';
import type { CandidateSearch } from '../schedule/sql/find-candidates.js';
import type { LearnedRates } from '../rates/learned-rates.js';
import { intervalMs } from '../budget/pacing.js';
import { absenceOf, isEmptyConfirmed, trustsAbsence, type Absence } from './absence.js';
import {
  ABSENT,
  afterList,
  afterProductFailure,
  LONGEST_REST_MS,
  LEAST_BETWEEN_MS,
  longestRetryMs,
  retryMs,
  ONE_CAUSE_MS,
  type ProductTrouble,
  type RetryShare,
} from './product-trouble.js';
import {
  clampHealth,
  countOthers,
  dropHealthy,
  groupHeld,
  retryOthersNow,
  holdRetries,
  lastListOf,
  lockHealth,
  releaseSince,
  saveHealth,
  type HeldProducts,
} from './sql/product-health-row.js';

export type { HeldProducts } from './sql/product-health-row.js';

/** All days of a product that was held are written. */
const RELEASED_AT_ONCE = 50;
const DAY_MS = 86_400_000;
/** A product without a failed day in this time is well. */
const LATELY_MS = 10 * 60_000;

type Reason = Pick<SupplierFailure, 'kind' | 'detail'>;

/** The state of a product after a failure. */
interface ProductFailure {
  readonly trouble: ProductTrouble;
  /** This failure made the product held. */
  readonly isHeldNow: boolean;
}

/** What a list of slots shows about its product. */
interface ListMeaning {
  /** Its failing days are worth another try at once. */
  readonly isWell: boolean;
  /** Its "not found" may mean that a date is closed. */
  readonly absenceTrusted: boolean;
}

const NOTHING_NEW: ListMeaning = { isWell: false, absenceTrusted: true };

/**
 * Products of one supplier whose requests fail although others are answered. The only writer of its table; see
 * `product-trouble.ts`.
 */
export class ProductHealth {
  private readonly logger = new Logger('Sync');
  private readonly lately = new LoggedLately();

  constructor(
    private readonly prisma: PrismaService,
    private readonly rates: LearnedRates,
    private readonly supplier: Supplier,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** A request for the day returned no list. Logged once an hour per product and cause. */
  async failed(day: ClaimedDay, failure: Reason): Promise<void> {
    this.log(day.experienceId, await this.prisma.retried((sql) => this.note(sql, day, failure)));
  }

  /** "Not found" was answered for the day. @returns its meaning. A failure has been noted for the product. */
  async absence(day: ClaimedDay, failure: Reason, trueAt: Date): Promise<Absence> {
    const { absence, change } = await this.prisma.retried(async (sql) => {
      const row = await lockHealth(sql, day.experienceId);
      const answeredAt = await this.answeredAt(sql, day.experienceId, row);
      const product = { failures: row?.failures ?? 0, answeredAt, refutedAt: row?.refutedAt ?? null };
      const known = {
        closed: day.fingerprint === CLOSED_FINGERPRINT,
        wasOpen: wasOpen(day),
        emptySeenAt: day.emptySeenAt,
      };
      const absence = absenceOf(product, known, trueAt, this.clock.now());
      return { absence, change: absence === 'closed' ? undefined : await this.note(sql, day, failure) };
    });
    if (change && (absence === 'failed' || change.isHeldNow)) this.log(day.experienceId, change);
    return absence;
  }

  /** Whether the second "no availability" for a day may be believed. */
  async confirmsEmpty({ experienceId, emptySeenAt }: ClaimedDay, trueAt: Date): Promise<boolean> {
    return isEmptyConfirmed(emptySeenAt, await lastListOf(this.prisma.direct, experienceId), trueAt, this.clock.now());
  }

  /**
   * A list came for a day of a failing product, or a list with unreadable slots. If a trouble ended for one product it may
   * have ended for others, which are then tried at once.
   */
  async answered(experienceId: number, listed: Listed): Promise<ListMeaning> {
    const now = this.clock.now();
    const { ended, ...change } = await this.prisma.retried(async (sql) => {
      const before = (await lockHealth(sql, experienceId)) ?? null;
      if (!before && listed.dropped === null) return { ended: null, ...NOTHING_NEW };
      const share = await this.shareOf(sql, experienceId);
      const { after, forgive, ended } = afterList(before, now, listed, share);
      await saveHealth(sql, experienceId, after);
      return { ended: ended ? before : null, isWell: forgive, absenceTrusted: trustsAbsence(after, now) };
    });
    if (!ended) return change;
    if (ended.held && this.lately.isNew(`${experienceId} well`, now))
      this.logger.log(`experience ${experienceId} answers again`);
    // Outside of the transaction above: two products that lock each other's rows would deadlock.
    await retryOthersNow(this.prisma, {
      supplier: this.supplier.name,
      ...{ kind: ended.kind, since: new Date(ended.failingSince.getTime() - ONE_CAUSE_MS) },
      ...{ absent: ABSENT, triedBefore: new Date(now.getTime() - LEAST_BETWEEN_MS), now },
    });
    return change;
  }

  /**
   * Clears failures since then, because the cause was the supplier and not its products.
   * @returns the products that failed since then
   */
  async release(since: Date): Promise<readonly number[]> {
    const of = {
      supplier: this.supplier.name,
      since: new Date(since.getTime() - ONE_CAUSE_MS),
      limit: RELEASED_AT_ONCE,
    };
    const released: number[] = [];
    for (;;) {
      const some = await retried(() => releaseSince(this.prisma.direct, { ...of, now: this.clock.now() }));
      released.push(...some);
      if (some.length < RELEASED_AT_ONCE) return released;
    }
  }

  /** The bounds that decide which products rest, for the search of candidates. */
  resting(now: Date): Pick<CandidateSearch, 'longestRest' | 'failedLately' | 'experiences'> {
    return {
      longestRest: new Date(now.getTime() + LONGEST_REST_MS + CLOCK_TOLERANCE_MS),
      failedLately: new Date(now.getTime() - LONGEST_REST_MS),
      experiences: this.share.experiences,
    };
  }

  /**
   * Requests for failing days of these products are in flight. A failure or a list says when the next one is tried. For an answer that is
   * neither, the products together take their share, as while it is unknown whether their days fail or they do.
   * @param sql the transaction that leases them
   */
  async probing(sql: Sql, experienceIds: readonly number[], until: Date): Promise<void> {
    const [first] = experienceIds;
    if (first === undefined) return;
    const waitMs = retryMs(1, 'unconfirmed', await this.shareOf(sql, first));
    const next = new Date(Math.max(until.getTime(), this.clock.now().getTime() + waitMs));
    await holdRetries(sql, experienceIds, next);
  }

  /** Corrects instants further ahead than any rule sets them. @returns how many products */
  async clamp(): Promise<number> {
    const now = this.clock.now();
    const past = new Date(now.getTime() + CLOCK_TOLERANCE_MS);
    const all = await countOthers(this.prisma, this.supplier.name, null, new Date(now.getTime() - LATELY_MS), ABSENT);
    const retry = new Date(past.getTime() + longestRetryMs({ ...all, ...this.share }));
    return clampHealth(this.prisma, this.supplier.name, { now, past, retry });
  }

  /** Deletes the rows of products that are well. */
  async dropOld(): Promise<void> {
    await dropHealthy(this.prisma, this.supplier.name, new Date(this.clock.now().getTime() - DAY_MS));
  }

  /** The held products, by kind of failure. */
  held(): Promise<HeldProducts[]> {
    return groupHeld(this.prisma.reports, this.supplier.name, this.clock.now());
  }

  private log(experienceId: number, { trouble, isHeldNow }: ProductFailure): void {
    const now = this.clock.now();
    if (this.lately.isNew(`${experienceId} ${trouble.kind}`, now)) {
      this.logger.warn(`experience ${experienceId}: ${trouble.kind}: ${trouble.detail}`);
    }
    if (!isHeldNow || !this.lately.isNew(`${experienceId} held`, now)) return;
    this.logger.warn(
      `experience ${experienceId}: ${trouble.failures} requests in a row returned no slots; ` +
        `until one does, it is only tried from time to time, next at ${trouble.retryAt.toISOString()}`,
    );
  }

  private async note(sql: Sql, day: ClaimedDay, { kind, detail }: Reason): Promise<ProductFailure> {
    const { experienceId, attempts } = day;
    const before = await lockHealth(sql, experienceId);
    const now = this.clock.now();
    const failure = { kind, detail, again: attempts > 0, wasOpen: wasOpen(day), now, random: this.random() };
    const trouble = {
      ...afterProductFailure(before ?? null, failure, await this.shareOf(sql, experienceId)),
      answeredAt: await this.answeredAt(sql, experienceId, before),
    };
    await saveHealth(sql, experienceId, trouble);
    return { trouble, isHeldNow: trouble.held && before?.held !== true };
  }

  private async answeredAt(sql: Sql, experienceId: number, row: ProductTrouble | undefined): Promise<Date | null> {
    return row ? row.answeredAt : lastListOf(sql, experienceId);
  }

  private async shareOf(sql: Sql, experienceId: number): Promise<RetryShare> {
    const since = new Date(this.clock.now().getTime() - LATELY_MS);
    return { ...(await countOthers(sql, this.supplier.name, experienceId, since, ABSENT)), ...this.share };
  }

  private get share(): Omit<RetryShare, 'othersHeld' | 'othersFailing' | 'lastRetryAt'> {
    const { experiences } = this.rates;
    return { experiences, intervalMs: intervalMs(this.supplier.settings.requestsPerMinute) };
  }
}
