import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { configureApp, createAdapter } from '../../src/app.factory.js';
import { AppModule } from '../../src/app.module.js';
import { PrismaService } from '../../src/prisma/index.js';
import { SandboxSupplier, type SandboxOptions } from '../../src/sandbox/index.js';
import { SyncService } from '../../src/sync/index.js';
import { RANDOM, type Random } from '../../src/sync/model/random.js';
import { Clock } from '../../src/time/index.js';
import { TestClock } from './test-clock.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

export const ADMIN_KEY = 'the-admin-key-of-the-tests';
export const SUPPLIER_KEY = 'the-supplier-key-of-the-tests';

export interface TestAppOptions {
  /** Environment variables beside those that every test has. */
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: TestClock;
  /** More folders whose folders are supplier APIs. */
  readonly supplierApis?: readonly string[];
  /** Shared with another application of the same test; otherwise made, and dropped at the end. */
  readonly database?: TestDatabase;
  /** Shared likewise. */
  readonly sandbox?: SandboxSupplier;
  readonly sandboxUrl?: string;
  readonly sandboxOptions?: SandboxOptions;
  /** Asked in place of the sandbox; whoever made it stops it. */
  readonly supplier?: { readonly url: string; requests(): readonly unknown[] };
  /** Catches what is logged; without it nothing is. */
  readonly logger?: LoggerService;
}

/** The real application over real HTTP on a real database, against a real supplier; only the clock is the test's. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly clock: TestClock;
  readonly sandbox: SandboxSupplier;
  readonly sandboxUrl: string;
  readonly database: TestDatabase;
  readonly sync: SyncService;
  readonly prisma: PrismaService;
  /** One tick of the sync, until everything it asked is answered and recorded. @returns how many requests it made */
  tick(): Promise<number>;
  /** Moves the clock on and ticks until there is nothing to ask. @returns how many requests it made */
  syncUntilIdle(): Promise<number>;
  close(): Promise<void>;
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const clock = options.clock ?? new TestClock();
  const database = options.database ?? (await createTestDatabase());
  const sandbox =
    options.sandbox ??
    new SandboxSupplier({
      apiKey: SUPPLIER_KEY,
      requestsPerMinute: 1_000_000,
      now: () => clock.now().getTime(),
      ...options.sandboxOptions,
    });
  const sandboxUrl = options.supplier?.url ?? options.sandboxUrl ?? (await sandbox.start());
  const asked = options.supplier ?? sandbox;
  const app = await createTestApplication(options, clock, { DATABASE_URL: database.url, SUPPLIER_URL: sandboxUrl });
  await app.listen(0, '127.0.0.1');
  const sync = app.get(SyncService);
  const tick = async () => {
    const before = asked.requests().length;
    await sync.claim();
    await sync.settled();
    return asked.requests().length - before;
  };
  return {
    app,
    url: await app.getUrl(),
    clock,
    sandbox,
    sandboxUrl,
    database,
    sync,
    prisma: app.get(PrismaService),
    tick,
    syncUntilIdle: () => untilIdle(tick, clock),
    close: async () => {
      await app.close();
      if (!options.sandbox) await sandbox.stop();
      if (!options.database) await database.drop();
    },
  };
}

/** The sync looks again a second after it found nothing. */
const STEP_MS = 1_100;

async function untilIdle(tick: () => Promise<number>, clock: TestClock): Promise<number> {
  for (let total = 0; ;) {
    clock.advance(STEP_MS);
    const asked = await tick();
    if (asked === 0) return total;
    total += asked;
  }
}

async function createTestApplication(
  options: TestAppOptions,
  clock: TestClock,
  places: Readonly<Record<string, string>>,
): Promise<NestFastifyApplication> {
  const environment = {
    only: true,
    overrides: () => ({
      TICKETE_API_KEY: SUPPLIER_KEY,
      ADMIN_API_KEY: ADMIN_KEY,
      // The mirror is filled in a few ticks.
      SUPPLIER_REQUESTS_PER_MINUTE: '60000',
      // Nothing is fetched until the test ticks: a reader would wait in vain, for real seconds.
      READ_THROUGH_WAIT: '0s',
      ...places,
      ...options.env,
    }),
  };
  const module = await Test.createTestingModule({
    imports: [await AppModule.register({ environment, intervals: false, supplierApis: options.supplierApis ?? [] })],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(RANDOM)
    .useValue(seededRandom())
    .setLogger(options.logger ?? SILENT)
    .compile();
  return configureApp(module.createNestApplication<NestFastifyApplication>(createAdapter()));
}

/** Retries are spread at random, and alike in every run (mulberry32). */
function seededRandom(): Random {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SILENT: LoggerService = { log: () => undefined, warn: () => undefined, error: () => undefined };
