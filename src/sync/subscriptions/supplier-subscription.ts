import { Logger } from '@nestjs/common';
import { SCHEDULE, type AuditTrail } from '../../audit/index.js';
import type { PrismaService } from '../../prisma/index.js';
import { SupplierFailure, SupplierRefusal, type Supplier } from '../../supplier/index.js';
import { LoggedLately, type Clock } from '../../time/index.js';
import type { SupplierBudget } from '../budget/supplier-budget.js';
import type { SyncControl } from '../pause/sync-control.js';
import type { HintAddress } from './hint-address.js';
import type { SubscriptionRows } from './subscription-rows.js';
import {
  afterAnswer,
  afterFailure,
  afterRefusal,
  isDue,
  nextStep,
  type Step,
  type StepAnswer,
  type Subscription,
} from './subscription.js';

/** What the subscriptions of all suppliers share. */
export interface SubscriptionNeeds {
  readonly rows: SubscriptionRows;
  readonly prisma: PrismaService;
  readonly control: SyncControl;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/** How much longer than its request a lease lasts. */
const LEASE_MARGIN_MS = 5_000;

/** A request that is granted and leased. */
interface LeasedStep {
  readonly step: Step;
  readonly known: Subscription;
  readonly lease: Date;
}

/**
 * Keeps the subscription to the notifications of one supplier: one request at a time, of all replicas, each with a grant
 * of the budget. Where processes have different settings, the one that started last decides.
 */
export class SupplierSubscription {
  private readonly logger = new Logger('Sync');
  private readonly lately = new LoggedLately();
  private known: Subscription | undefined;
  /** This process has seen the subscription as its settings say. Another one's settings count from then on. */
  private settled = false;
  /** The first request of a process with other settings than before does not wait until the next one is due. */
  private tried = false;

  constructor(
    private readonly supplier: Supplier,
    private readonly address: HintAddress | null,
    private readonly budget: SupplierBudget,
    private readonly needs: SubscriptionNeeds,
  ) {}

  /** Reads how far it is. */
  async look(): Promise<void> {
    this.known = await this.needs.rows.read(this.supplier.name);
    this.settled ||= this.known.address === this.digest;
  }

  /** Takes a grant for the next request, if one is to be sent. @returns how to send it */
  async claim(): Promise<(() => Promise<void>) | null> {
    if (!this.supplier.client.notifications) return null;
    if (!this.known) await this.look();
    if (!this.known || !this.stepFor(this.known)) return null;
    const leased = await this.lease();
    if (!leased) return null;
    this.tried = true;
    return async () => {
      await this.run(leased);
      await this.look();
    };
  }

  private lease(): Promise<LeasedStep | null> {
    const { prisma, control, rows } = this.needs;
    const { name, timeoutMs } = this.supplier.settings;
    return prisma.$transaction(async (sql) => {
      const offer = await this.budget.offer(sql, 1);
      // A probe is for a day: its answer shows more.
      if (offer.count === 0 || offer.probe || (await control.isPaused(sql, name))) return null;
      const lease = new Date(offer.now.getTime() + timeoutMs + LEASE_MARGIN_MS);
      if (!(await rows.lease(sql, name, offer.now, lease))) return null;
      const known = await rows.read(name, sql);
      this.known = known;
      const step = this.stepFor(known);
      if (!step) {
        await rows.save(sql, name, lease, known);
        return null;
      }
      await this.budget.take(sql, offer, 1);
      return { step, known, lease };
    });
  }

  /** Null: nothing is to be sent now. */
  private stepFor(known: Subscription): Step | null {
    const isAnothers = this.settled && known.address !== this.digest;
    const isFirst = !this.settled && !this.tried;
    if (isAnothers || !(isFirst || isDue(known, this.needs.clock.now()))) return null;
    return nextStep(known, this.digest);
  }

  private async run({ step, known, lease }: LeasedStep): Promise<void> {
    const { name } = this.supplier;
    const { clock, prisma, rows, audit } = this.needs;
    const next = await this.outcome(step, known);
    await prisma.$transaction(async (sql) => {
      if (!(await rows.save(sql, name, lease, next)) || next.id === known.id) return;
      const [action, id] = next.id
        ? (['supplier.subscribe', next.id] as const)
        : (['supplier.unsubscribe', known.id] as const);
      await audit.record(SCHEDULE, { action, detail: { supplier: name, subscription: id } }, sql);
    });
    if (next.failures === 0) return;
    const text = `the notifications of ${name}: ${next.error ?? ''}`;
    if (this.lately.isNew(text, clock.now())) this.logger.warn(text);
  }

  private async outcome(step: Step, known: Subscription): Promise<Subscription> {
    const { clock } = this.needs;
    try {
      const answer = await this.send(step, known.id ?? '');
      return afterAnswer(known, answer, this.digest, clock.now());
    } catch (error) {
      if (error instanceof SupplierRefusal) {
        await this.budget.refused(error);
        return afterRefusal(known, error.until);
      }
      if (!(error instanceof SupplierFailure)) throw error;
      if (error.wait) await this.budget.noteWait(error.wait);
      const detail = `${WORDS[step]}: ${error.detail}`;
      return afterFailure(known, { step, detail }, this.digest, clock.now());
    }
  }

  private async send(step: Step, id: string): Promise<StepAnswer> {
    const { notifications } = this.supplier.client;
    const url = this.address?.url ?? '';
    if (!notifications) return { step };
    switch (step) {
      case 'discover':
        return { step, yes: await notifications.isOffered() };
      case 'find': {
        const found = await notifications.find(url);
        return { step, id: found ?? null, yes: found !== undefined };
      }
      case 'check':
        return { step, yes: await notifications.isKnown(id) };
      case 'subscribe':
        return { step, id: await notifications.subscribe(url) };
      case 'unsubscribe':
        await notifications.unsubscribe(id);
        return { step };
    }
  }

  private get digest(): string | null {
    return this.address?.digest ?? null;
  }
}

const WORDS: Readonly<Record<Step, string>> = {
  discover: 'its capabilities could not be read',
  find: 'its subscriptions could not be read',
  check: 'the subscription could not be checked',
  subscribe: 'it could not be subscribed to',
  unsubscribe: 'the subscription could not be deleted',
};
