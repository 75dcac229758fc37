import { Inject, Injectable, Logger } from '@nestjs/common';
import { SupplierSettings } from '../config/index.js';
import { CLOSED_FINGERPRINT, type ClaimedDay } from '../inventory/index.js';
import { PrismaService, type Sql } from '../prisma/index.js';
import type { SupplierFailure } from '../supplier/index.js';
import { Clock } from '../time/index.js';
import { CLOCK_TOLERANCE_MS } from './policy/belief.js';
import { RANDOM, type Random } from './deadlines.js';
import { LearnedRates } from './learned-rates.js';
import { intervalMs } from './policy/pacing.js';
import {
  absenceOf,
  afterList,
  afterProductFailure,
  longestRetryMs,
  ONE_CAUSE_MS,
  type Absence,
  type ProductTrouble,
  type RetryShare,
} from './policy/product-trouble.js';
import {
  clampHealth,
  countTroubled,
  dropHealthy,
  holdRetries,
  lastListOf,
  lockHealth,
  releaseAlike,
  saveHealth,
} from './sql/product-health-row.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Reason = Pick<SupplierFailure, 'kind' | 'detail'>;

/** What a failure without a list did to its product. */
interface ProductNews {
  readonly trouble: ProductTrouble;
  /** It is the first of its kind in a row. */
  readonly isNew: boolean;
  /** From now on the product is held. */
  readonly isHeldNow: boolean;
}

/** Products whose requests fail although the supplier answers. The only writer of its table; the rules are pure, in `policy/`. */
@Injectable()
export class ProductHealth {
  private readonly logger = new Logger('Sync');

  constructor(
    private readonly prisma: PrismaService,
    private readonly rates: LearnedRates,
    private readonly settings: SupplierSettings,
    private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** A request for one of its days was answered, but not with a list. Told once per product and cause. */
  async failed(experienceId: number, failure: Reason): Promise<void> {
    this.tell(experienceId, await this.prisma.$transaction((sql) => this.note(sql, experienceId, failure)));
  }

  /** "Not found" was answered for the day. @returns what that means; a failure was noted as one */
  async absence(day: ClaimedDay, failure: Reason): Promise<Absence> {
    const { absence, news } = await this.prisma.$transaction(async (sql) => {
      const row = await lockHealth(sql, day.experienceId);
      const product = { failures: row?.failures ?? 0, answeredAt: await this.answeredAt(sql, day.experienceId, row) };
      const known = { closed: day.fingerprint === CLOSED_FINGERPRINT, emptySeenAt: day.emptySeenAt };
      const absence = absenceOf(product, known, this.clock.now());
      return { absence, news: absence === 'closed' ? undefined : await this.note(sql, day.experienceId, failure) };
    });
    if (news && (absence === 'failed' || news.isHeldNow)) this.tell(day.experienceId, news);
    return absence;
  }

  /**
   * A list came for a day of a product that fails.
   * @param failedBefore the day itself had failed
   * @returns the products whose failing days are worth another try at once
   */
  async answered(experienceId: number, failedBefore: boolean): Promise<readonly number[]> {
    return this.prisma.$transaction(async (sql) => {
      const before = await lockHealth(sql, experienceId);
      if (!before) return [];
      const now = this.clock.now();
      const { after, forgive } = afterList(before, now, failedBefore);
      await saveHealth(sql, experienceId, after);
      if (before.held) this.logger.log(`experience ${experienceId} answers again`);
      if (!forgive) return [];
      const since = new Date(before.failingSince.getTime() - ONE_CAUSE_MS);
      const alike = before.held ? await releaseAlike(sql, before.kind, since, now) : [];
      return [experienceId, ...alike];
    });
  }

  /**
   * The answers for all products were of no use since then, and are of use again.
   * @returns the products whose failing days are worth another try at once
   */
  usable(since: Date): Promise<readonly number[]> {
    return releaseAlike(this.prisma, null, new Date(since.getTime() - ONE_CAUSE_MS), this.clock.now());
  }

  /** Requests for failing days of these products are under way. @param sql the transaction that leases them */
  async probing(sql: Sql, experienceIds: readonly number[], until: Date): Promise<void> {
    if (experienceIds.length > 0) await holdRetries(sql, experienceIds, until);
  }

  /** Sets right what lies further ahead than anything sets it. @returns how many products */
  async clamp(): Promise<number> {
    const now = this.clock.now();
    const past = new Date(now.getTime() + CLOCK_TOLERANCE_MS);
    return clampHealth(this.prisma, now, past, new Date(past.getTime() + longestRetryMs(this.share(1))));
  }

  /** Forgets products that are well. */
  async dropOld(): Promise<void> {
    await dropHealthy(this.prisma, new Date(this.clock.now().getTime() - DAY_MS));
  }

  /** The products of which nothing is asked but a request now and then, by what they fail with. */
  async held(): Promise<
    { readonly kind: string; readonly products: number; readonly since: Date; readonly detail: string }[]
  > {
    const groups = await this.prisma.productHealth.groupBy({
      by: ['kind'],
      where: { held: true, experience: { pausedAt: null } },
      _count: true,
      _min: { failingSince: true, detail: true },
    });
    return groups.map(({ kind, _count: products, _min }) => ({
      ...{ kind, products, since: _min.failingSince ?? this.clock.now(), detail: _min.detail ?? '' },
    }));
  }

  private tell(experienceId: number, { trouble, isNew, isHeldNow }: ProductNews): void {
    if (isNew) this.logger.warn(`experience ${experienceId}: ${trouble.kind}: ${trouble.detail}`);
    if (!isHeldNow) return;
    this.logger.warn(
      `experience ${experienceId}: ${trouble.failures} requests in a row brought no slots; ` +
        `until one does, it is only tried now and then, next at ${trouble.retryAt.toISOString()}`,
    );
  }

  private async note(sql: Sql, experienceId: number, { kind, detail }: Reason): Promise<ProductNews> {
    const before = await lockHealth(sql, experienceId);
    const now = this.clock.now();
    const others = await countTroubled(sql, experienceId, new Date(now.getTime() - HOUR_MS));
    const failure = { kind, detail, now, random: this.random() };
    const trouble = {
      ...afterProductFailure(before ?? null, failure, this.share(others + 1)),
      answeredAt: await this.answeredAt(sql, experienceId, before),
    };
    await saveHealth(sql, experienceId, trouble);
    const isNew = before === undefined || before.failures === 0 || before.kind !== kind;
    return { trouble, isNew, isHeldNow: trouble.held && before?.held !== true };
  }

  private async answeredAt(sql: Sql, experienceId: number, row: ProductTrouble | undefined): Promise<Date | null> {
    return row ? row.answeredAt : lastListOf(sql, experienceId);
  }

  private share(troubled: number): RetryShare {
    const { experiences } = this.rates;
    return { troubled, experiences, intervalMs: intervalMs(this.settings.requestsPerMinute) };
  }
}
