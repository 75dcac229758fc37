import { NestFactory } from '@nestjs/core';
import type * as App from '../../../src/app.module.js';
import type { ClaimedDay, DayDocument, DayRepository } from '../../../src/inventory/index.js';
import type { PrismaService } from '../../../src/prisma/index.js';
import type * as Claims from '../../../src/sync/day-claims.js';
import { UNANSWERED } from '../../../src/inventory/failure-kind.shape.js';
import type * as Instances from '../../../src/sync/instance.js';
import { LAST_CALL_MS, WISH_MS } from '../../../src/sync/policy/choice.js';
import { TEMPOS } from '../../../src/sync/policy/tempo.js';
import { loadInventory, loadPrisma } from '../dist.js';
import { randomFrom, whole } from '../fixtures.js';
import type { Scope } from '../scope.js';
import { documentOf, standing, type Catalogue } from './standing.js';

export const POLICIES = ['value', 'tiers'] as const;
export type Policy = (typeof POLICIES)[number];

/** So many that the budget never keeps a claim waiting. */
const UNLIMITED = 60_000;

interface Parts {
  readonly claims: Claims.DayClaims;
  /** Whose leases they are. */
  readonly by: string;
}

/** Claims days of one catalogue as the sync does, and confirms what it claimed, so that the queue moves on. */
export class Claimer {
  private readonly random;

  private constructor(
    private readonly prisma: PrismaService,
    private readonly days: DayRepository,
    private readonly parts: Readonly<Record<Policy, Parts>>,
    private readonly document: DayDocument,
    private readonly catalogue: Catalogue,
  ) {
    this.random = randomFrom(catalogue.seed + 1);
  }

  static async start(scope: Scope, databaseUrl: string, catalogue: Catalogue): Promise<Claimer> {
    const { PrismaService } = await loadPrisma();
    const { DayRepository } = await loadInventory();
    const { DayClaims } = await built<typeof Claims>('sync/day-claims.js');
    const { Instance } = await built<typeof Instances>('sync/instance.js');
    const contexts = {
      value: await contextOf(scope, 'value', databaseUrl),
      tiers: await contextOf(scope, 'tiers', databaseUrl),
    };
    const partsOf = (policy: Policy): Parts => {
      const find = { strict: false };
      return { claims: contexts[policy].get(DayClaims, find), by: contexts[policy].get(Instance, find).id };
    };
    const parts = { value: partsOf('value'), tiers: partsOf('tiers') };
    const prisma = contexts.value.get(PrismaService);
    return new Claimer(prisma, contexts.value.get(DayRepository), parts, await documentOf(catalogue), catalogue);
  }

  /** @returns milliseconds that the claim of one day took */
  async claim(policy: Policy): Promise<number> {
    const { claims, by } = this.parts[policy];
    const start = performance.now();
    const { days } = await claims.next(1);
    const took = performance.now() - start;
    if (days.length !== 1) throw new Error(`${days.length} days were claimed by ${policy}`);
    for (const day of days) await this.confirm(day, by);
    return took;
  }

  /** @returns milliseconds that finding the candidates took, which is the part of a claim that could grow with the catalogue */
  async find(policy: Policy): Promise<number> {
    const now = new Date();
    const start = performance.now();
    await this.days.candidates(this.prisma, {
      ...{ now, limit: 1, byValue: policy === 'value', lastTempo: TEMPOS },
      wantedSince: new Date(now.getTime() - WISH_MS),
      oldBefore: new Date(now.getTime() - LAST_CALL_MS),
      ...{
        longestLease: new Date(now.getTime() + 60_000),
        unanswered: UNANSWERED,
        ...{ longestRest: now, failedLately: now, experiences: 1 },
      },
    });
    return performance.now() - start;
  }

  /** A reader wants some day. */
  async want(): Promise<void> {
    const experienceId = 1 + whole(this.random, this.catalogue.experiences);
    const date = this.catalogue.dates[whole(this.random, this.catalogue.dates.length)];
    const now = new Date();
    if (date !== undefined) await this.days.want({ experienceId, date }, { now, wantedSince: now, byValue: false });
  }

  private async confirm(day: ClaimedDay, by: string): Promise<void> {
    const now = new Date();
    // What is claimed by deadlines had broken its promise: for as many to stay broken, it gets another such.
    const { dueAt, tempo, turn } = standing(this.random, now.getTime(), 0, true);
    const at = { confirmedAt: now, staleAfter: dueAt, dueAt, by, place: { tempo, turn }, oddities: [] };
    await this.days.record(day, this.document, at, { seenAt: now, dueAt });
  }
}

/** The service's parts as Nest puts them together, without its timers and without a supplier. */
async function contextOf(scope: Scope, policy: Policy, databaseUrl: string) {
  const { AppModule } = await built<typeof App>('app.module.js');
  const overrides = () => ({
    DATABASE_URL: databaseUrl,
    TICKETE_API_KEY: 'bench',
    EXPERIENCES: '1,2',
    SYNC_POLICY: policy,
    SUPPLIER_REQUESTS_PER_MINUTE: String(UNLIMITED),
  });
  const module = await AppModule.register({ environment: { only: true, overrides }, intervals: false });
  const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  scope.defer(() => context.close());
  return context;
}

/** Of the sync's own parts, which it exports to nobody. */
async function built<T>(path: string): Promise<T> {
  return (await import(new URL(`../../../dist/${path}`, import.meta.url).href)) as T;
}
