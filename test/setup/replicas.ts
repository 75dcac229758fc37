import { SandboxSupplier, type SandboxOptions } from '../../src/sandbox/index.js';
import { startTestApp, SUPPLIER_KEY, type TestApp, type TestAppOptions } from './test-app.js';
import { TestClock } from './test-clock.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** The interval of the claims in production. */
const STEP_MS = 100;
const MINUTE_MS = 60_000;

export interface ReplicasOptions {
  readonly clock?: TestClock;
  readonly sandboxOptions?: SandboxOptions;
  /** In place of one of their own. */
  readonly database?: TestDatabase;
}

/** One database, supplier and clock, for as many applications as are started on them: replicas, or one after the other. */
export class Replicas {
  private readonly running = new Set<TestApp>();

  private constructor(
    readonly clock: TestClock,
    readonly database: TestDatabase,
    readonly sandbox: SandboxSupplier,
    readonly sandboxUrl: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async create(
    env: Readonly<Record<string, string>>,
    { clock = new TestClock(), sandboxOptions = {}, database }: ReplicasOptions = {},
  ): Promise<Replicas> {
    const now = (): number => clock.now().getTime();
    const sandbox = new SandboxSupplier({ apiKey: SUPPLIER_KEY, requestsPerMinute: 1_000_000, now, ...sandboxOptions });
    return new Replicas(clock, database ?? (await createTestDatabase()), sandbox, await sandbox.start(), env);
  }

  async start({ env, ...options }: Pick<TestAppOptions, 'env' | 'logger'> = {}): Promise<TestApp> {
    const { clock, database, sandbox, sandboxUrl } = this;
    const app = await startTestApp({ clock, database, sandbox, sandboxUrl, ...options, env: { ...this.env, ...env } });
    this.running.add(app);
    return app;
  }

  async stop(app: TestApp): Promise<void> {
    this.running.delete(app);
    await app.close();
  }

  /** Lets the time pass as the intervals of production would see it, and waits for what was asked at each tick. */
  async run(minutes: number, turn: Turn = together, apps: readonly TestApp[] = [...this.running]): Promise<void> {
    const end = this.clock.now().getTime() + minutes * MINUTE_MS;
    for (let i = 0; this.clock.now().getTime() < end; i += 1) {
      this.clock.advance(STEP_MS);
      await turn(apps, i);
    }
  }

  async close(): Promise<void> {
    for (const app of this.running) await app.close();
    await this.sandbox.stop();
    await this.database.drop();
  }
}

/** Which of the applications tick, and when. */
export type Turn = (apps: readonly TestApp[], turn: number) => Promise<unknown>;

export const together: Turn = (apps) => Promise.all(apps.map(tick));

export const inTurn: Turn = async (apps, turn) => {
  const app = apps[turn % apps.length];
  if (app) await tick(app);
};

async function tick(app: TestApp): Promise<void> {
  await app.sync.claim();
  await app.sync.settled();
}
