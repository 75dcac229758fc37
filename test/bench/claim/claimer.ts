import { NestFactory } from '@nestjs/core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as App from '../../../src/app.module.js';
import type * as Experience from '../../../src/experience/index.js';
import type { DayDocument } from '../../../src/inventory/index.js';
import { UNANSWERED } from '../../../src/inventory/failure-kind.shape.js';
import type { PrismaService } from '../../../src/prisma/index.js';
import type { DayClaims } from '../../../src/sync/fetch/day-claims.js';
import type { ProductHealth } from '../../../src/sync/fetch/product-health.js';
import { DEMAND_MS } from '../../../src/sync/fetch/choice.js';
import { MAX_AGE_LANE_MS } from '../../../src/sync/schedule/max-age.js';
import type * as Loops from '../../../src/sync/supplier-loops.js';
import type * as Instances from '../../../src/sync/fetch/instance.js';
import type * as Health from '../../../src/sync/fetch/supplier-health.js';
import type { ClaimedDay } from '../../../src/sync/schedule/day-queue.js';
import { daysOf, type Days } from '../days.js';
import { built, loadPrisma } from '../dist.js';
import { randomFrom, whole } from '../fixtures.js';
import type { Scope } from '../scope.js';
import { documentOf, standing, type Catalogue } from './standing.js';

/** High enough that the budget never delays a claim. */
const UNLIMITED = 60_000;
/** A grant that is not used within this time is dropped. */
const DROPPED_MS = 1_000;

interface SupplierClaims {
  readonly supplier: string;
  readonly claims: DayClaims;
  readonly products: ProductHealth;
}

/** The parts of the service that claim. */
interface Parts {
  readonly prisma: PrismaService;
  /** Of each supplier. */
  readonly claims: readonly SupplierClaims[];
  readonly instance: Instances.Instance;
  readonly requests: Experience.DayRequests;
}

/** Claims days of one catalogue as the sync does, and records what it claimed, so that the queue moves on. */
export class Claimer {
  private readonly random;
  private claimed = 0;

  private constructor(
    private readonly parts: Parts,
    private readonly days: Days,
    private readonly document: DayDocument,
    private readonly catalogue: Catalogue,
  ) {
    this.random = randomFrom(catalogue.seed + 1);
  }

  static async start(scope: Scope, databaseUrl: string, catalogue: Catalogue): Promise<Claimer> {
    const parts = await partsOf(scope, databaseUrl, catalogue);
    return new Claimer(parts, await daysOf(parts.prisma), await documentOf(catalogue), catalogue);
  }

  /** The suppliers take turns. @returns milliseconds that the claim of one day took */
  async claim(): Promise<number> {
    const { claims } = this.next();
    const start = performance.now();
    const { spans } = await claims.next(1);
    const took = performance.now() - start;
    const days = spans.flatMap((span) => span.days);
    // Where the machine stood still for a second, the grant was dropped.
    if (days.length === 0 && took > DROPPED_MS) return this.claim();
    if (days.length !== 1) throw new Error(`${days.length} days were claimed instead of 1`);
    for (const day of days) await this.confirm(day);
    return took;
  }

  /** @returns milliseconds that it took to find the candidates: the part of a claim that could grow with the catalogue */
  async find(): Promise<number> {
    const { prisma, instance } = this.parts;
    const { supplier, products } = this.next();
    const now = new Date();
    const search = {
      ...{ supplier, now, limit: 1 },
      requestedSince: new Date(now.getTime() - DEMAND_MS),
      keepsMaxAges: false,
      oldBefore: new Date(now.getTime() - MAX_AGE_LANE_MS),
      ...{ longestLease: instance.longestLease(now), unanswered: UNANSWERED },
      ...products.resting(now),
    };
    const start = performance.now();
    await this.days.queue.candidates(prisma.direct, search);
    return performance.now() - start;
  }

  /** A reader requests some day. */
  async request(): Promise<void> {
    const experienceId = 1 + whole(this.random, this.catalogue.experiences);
    const date = this.catalogue.dates[whole(this.random, this.catalogue.dates.length)];
    if (date !== undefined) await this.parts.requests.request({ experienceId, date }, new Date());
  }

  private next(): SupplierClaims {
    const { claims } = this.parts;
    const next = claims[this.claimed++ % claims.length];
    if (!next) throw new Error('there is no supplier');
    return next;
  }

  private async confirm(day: ClaimedDay): Promise<void> {
    const now = new Date();
    // Overdue days go first: it is overdue again at once, so that the queue keeps as many.
    const { dueAt, priority } = standing(this.random, now.getTime(), 0, true);
    const next = { staleAfter: dueAt, dueAt, sentAt: now, by: this.parts.instance.id, priority };
    await this.days.record(day, this.document, now, next);
  }
}

/** The service as Nest puts it together, without its timers and without a supplier. */
async function partsOf(scope: Scope, databaseUrl: string, { suppliers }: Catalogue): Promise<Parts> {
  const { AppModule } = await built<typeof App>('app.module.js');
  const file = await suppliersFile(scope, suppliers);
  const overrides = () => ({
    DATABASE_URL: databaseUrl,
    SUPPLIERS_FILE: file,
    // Nobody reads here, and days are claimed by their value all the same.
    MIN_VALUE: '0',
  });
  const module = await AppModule.register({ environment: { only: true, overrides }, intervals: false });
  const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  scope.defer(() => context.close());
  const { PrismaService } = await loadPrisma();
  const { SupplierLoops } = await built<typeof Loops>('sync/supplier-loops.js');
  const { Instance } = await built<typeof Instances>('sync/fetch/instance.js');
  const { SupplierHealth } = await built<typeof Health>('sync/fetch/supplier-health.js');
  const { DayRequests } = await built<typeof Experience>('experience/index.js');
  const find = { strict: false };
  return {
    prisma: context.get(PrismaService, find),
    claims: suppliers.map((supplier) => ({
      supplier,
      claims: context.get(SupplierLoops, find).of(supplier).claims,
      products: context.get(SupplierHealth, find).of(supplier),
    })),
    instance: context.get(Instance, find),
    requests: context.get<Experience.DayRequests>(DayRequests, find),
  };
}

async function suppliersFile(scope: Scope, suppliers: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'slotmirror-bench-suppliers-'));
  scope.defer(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'suppliers.json');
  const entry = { api: 'leap', url: 'http://127.0.0.1:1', key: 'bench', requestsPerMinute: UNLIMITED };
  await writeFile(file, JSON.stringify(suppliers.map((name) => ({ name, ...entry }))));
  return file;
}
