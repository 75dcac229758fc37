import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import {
  AgeCounts,
  NOTIFICATION_STATES,
  STATES,
  SyncStatusReader,
  type AgeHistogram,
  TroubleCounts,
  type SyncStatus,
  type TroubledProducts,
} from '../sync/index.js';
import { Clock } from '../time/index.js';
import { MetricsRegistry } from './metrics-registry.js';

/** However often it is scraped, the database is asked no more often than this. */
const KEPT_MS = 5_000;
const AGE_SECONDS = [60, 300, 900, 3_600, 14_400, 43_200, 86_400, 172_800, 345_600];
/** Those without labels. */
const PLAIN = new Set(['limit', 'effective', 'used', 'share']);

/** What the tables say: the same from every replica. While the database is out of reach they are absent, and one says so. */
@Injectable()
export class DatabaseGauges {
  private readonly reachable: Gauge;
  private readonly gauges: Readonly<Record<string, Gauge>>;
  private until = 0;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly status: SyncStatusReader,
    private readonly ages: AgeCounts,
    private readonly troubles: TroubleCounts,
    private readonly clock: Clock,
    private readonly metrics: MetricsRegistry,
  ) {
    clock.onSet(() => (this.until = 0));
    this.reachable = this.gauge('slotmirror_database_up', 'Whether the database answers');
    this.gauges = {
      state: this.gauge('slotmirror_sync_state', '1 for the state that the sync is in', 'state'),
      limit: this.gauge('slotmirror_budget_requests_per_minute', 'Requests that the supplier may see a minute'),
      effective: this.gauge('slotmirror_budget_effective_requests_per_minute', 'What refusals and quota leave of it'),
      used: this.gauge('slotmirror_budget_used_last_minute', 'Requests in the clock minute before this one'),
      supplierState: this.gauge(
        'slotmirror_supplier_state',
        '1 for the state that the supplier is in',
        'supplier',
        'state',
      ),
      supplierLimit: this.gauge(
        'slotmirror_supplier_budget_requests_per_minute',
        'Requests that each supplier may see a minute',
        'supplier',
      ),
      supplierEffective: this.gauge(
        'slotmirror_supplier_budget_effective_requests_per_minute',
        'What refusals and quota leave of it',
        'supplier',
      ),
      supplierUsed: this.gauge(
        'slotmirror_supplier_budget_used_last_minute',
        'Requests to each supplier in the clock minute before this one',
        'supplier',
      ),
      supplierTroubles: this.gauge(
        'slotmirror_supplier_failing_products',
        'Products of each supplier with days that fail, by what they fail with',
        'supplier',
        'cause',
      ),
      supplierDays: this.gauge(
        'slotmirror_supplier_days',
        'Mirrored days of each supplier by freshness',
        'supplier',
        'freshness',
      ),
      supplierMaxAge: this.gauge(
        'slotmirror_supplier_max_age_seconds',
        'How old a day of the supplier’s tier may be',
        'supplier',
        'within_days',
      ),
      supplierOldest: this.gauge(
        'slotmirror_supplier_oldest_day_age_seconds',
        'Age of the oldest day of the supplier’s tier',
        'supplier',
        'within_days',
      ),
      supplierNotifications: this.gauge(
        'slotmirror_supplier_notifications',
        '1 for the state that the subscription to the supplier’s notifications is in',
        'supplier',
        'state',
      ),
      supplierHint: this.gauge(
        'slotmirror_supplier_last_hint_timestamp_seconds',
        'When the supplier last sent a notification',
        'supplier',
      ),
      troubles: this.gauge(
        'slotmirror_failing_products',
        'Products with days that fail, by what they fail with',
        'cause',
      ),
      oddities: this.gauge(
        'slotmirror_odd_products',
        'Products with odd answers that were taken, by what is odd',
        'code',
      ),
      webhooks: this.gauge('slotmirror_webhooks', 'Webhooks by state', 'state'),
      queue: this.gauge('slotmirror_queue_days', 'Days that wait, are being fetched, or fail', 'condition'),
      days: this.gauge('slotmirror_days', 'Mirrored days by tier and freshness', 'within_days', 'freshness'),
      share: this.gauge(
        'slotmirror_fresh_ratio',
        'Share of the mirrored days that are within the max age of their tier',
      ),
      maxAge: this.gauge(
        'slotmirror_max_age_seconds',
        'How old a day of the tier may be, at most, where suppliers differ',
        'within_days',
      ),
      oldest: this.gauge('slotmirror_oldest_day_age_seconds', 'Age of the oldest day', 'within_days'),
      age: this.gauge(
        'slotmirror_day_age',
        'Known days of the tier that are at most le seconds old',
        'within_days',
        'le',
      ),
      ageError: this.gauge(
        'slotmirror_day_age_error_ratio',
        'How far slotmirror_day_age may be off, as a share of the known days of the tier (95 % confidence); 0: exact',
        'within_days',
      ),
    };
  }

  /** Resolves when they are as of the last five seconds. */
  async refresh(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now < this.until) return;
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
      this.until = this.clock.now().getTime() + KEPT_MS;
    });
    await this.reading;
  }

  private async read(): Promise<void> {
    try {
      const [status, ages, failing, odd] = await Promise.all([
        this.status.read(),
        this.ages.read(AGE_SECONDS),
        this.troubles.failing(),
        this.troubles.odd(),
      ]);
      this.clear();
      this.show(status, ages);
      this.showTroubles(failing, odd);
      this.reachable.set(1);
    } catch {
      this.clear();
      this.reachable.set(0);
    }
  }

  private clear(): void {
    // A gauge without labels would be 0 after a reset, which is a figure; what is not known has none.
    for (const [name, gauge] of Object.entries(this.gauges)) {
      if (PLAIN.has(name)) gauge.remove();
      else gauge.reset();
    }
  }

  private show(status: SyncStatus, ages: readonly AgeHistogram[]): void {
    const { budget, queue, freshness, webhooks } = status;
    for (const state of STATES) this.gauges['state']?.set({ state }, state === status.state ? 1 : 0);
    this.gauges['limit']?.set(budget.requestsPerMinute);
    this.gauges['effective']?.set(budget.effectiveRequestsPerMinute);
    this.gauges['used']?.set(budget.usedLastMinute);
    this.showSuppliers(status);
    for (const condition of ['due', 'leased', 'failing'] as const)
      this.gauges['queue']?.set({ condition }, queue[condition]);
    for (const [state, count] of Object.entries(webhooks)) this.gauges['webhooks']?.set({ state }, count);
    if (freshness.share !== null) this.gauges['share']?.set(freshness.share);
    this.showTiers(freshness.tiers);
    for (const { withinDays, counts, error } of ages) {
      const within_days = String(withinDays);
      this.gauges['ageError']?.set({ within_days }, error);
      for (const { maxAgeSeconds, days } of counts) {
        const le = maxAgeSeconds === Infinity ? '+Inf' : String(maxAgeSeconds);
        this.gauges['age']?.set({ within_days, le }, days);
      }
    }
  }

  /** Tiers of several suppliers that reach equally far are added up. @param tiers of those the one with the longest max age is last */
  private showTiers(tiers: SyncStatus['freshness']['tiers']): void {
    const oldest = new Map<string, number>();
    for (const tier of tiers) {
      const within_days = String(tier.withinDays);
      this.gauges['days']?.inc({ within_days, freshness: 'fresh' }, tier.fresh);
      this.gauges['days']?.inc({ within_days, freshness: 'stale' }, tier.stale);
      this.gauges['days']?.inc({ within_days, freshness: 'never_fetched' }, tier.neverFetched);
      this.gauges['maxAge']?.set({ within_days }, tier.maxAgeSeconds);
      const age = this.ageOf(tier.oldestAsOf);
      if (age !== null) oldest.set(within_days, Math.max(age, oldest.get(within_days) ?? 0));
    }
    for (const [within_days, age] of oldest) this.gauges['oldest']?.set({ within_days }, age);
  }

  /** Seconds. */
  private ageOf(asOf: string | null): number | null {
    return asOf === null ? null : Math.max(0, (this.clock.now().getTime() - Date.parse(asOf)) / 1_000);
  }

  private showTroubles(failing: readonly TroubledProducts[], odd: readonly TroubledProducts[]): void {
    for (const { supplier, code: cause, products } of failing) {
      this.gauges['troubles']?.inc({ cause }, products);
      this.gauges['supplierTroubles']?.set({ supplier, cause }, products);
    }
    for (const { code, products } of odd) this.gauges['oddities']?.inc({ code }, products);
  }

  private showSuppliers({ suppliers }: SyncStatus): void {
    for (const { name: supplier, state: present, budget, notifications, freshness } of suppliers) {
      this.gauges['supplierDays']?.set({ supplier, freshness: 'fresh' }, freshness.fresh);
      this.gauges['supplierDays']?.set({ supplier, freshness: 'stale' }, freshness.stale);
      this.gauges['supplierDays']?.set({ supplier, freshness: 'never_fetched' }, freshness.neverFetched);
      for (const state of NOTIFICATION_STATES)
        this.gauges['supplierNotifications']?.set({ supplier, state }, state === notifications.state ? 1 : 0);
      if (notifications.lastHintAt !== null)
        this.gauges['supplierHint']?.set({ supplier }, Date.parse(notifications.lastHintAt) / 1_000);
      for (const state of STATES) this.gauges['supplierState']?.set({ supplier, state }, state === present ? 1 : 0);
      this.gauges['supplierLimit']?.set({ supplier }, budget.requestsPerMinute);
      this.gauges['supplierEffective']?.set({ supplier }, budget.effectiveRequestsPerMinute);
      this.gauges['supplierUsed']?.set({ supplier }, budget.usedLastMinute);
      for (const { withinDays, maxAgeSeconds, oldestAsOf } of freshness.tiers) {
        const tier = { supplier, within_days: String(withinDays) };
        this.gauges['supplierMaxAge']?.set(tier, maxAgeSeconds);
        const age = this.ageOf(oldestAsOf);
        if (age !== null) this.gauges['supplierOldest']?.set(tier, age);
      }
    }
  }

  private gauge(name: string, help: string, ...labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.metrics.registry] });
  }
}
