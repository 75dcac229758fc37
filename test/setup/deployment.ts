import type pg from 'pg';
import { SandboxSupplier, type LoggedRequest } from '../../src/sandbox/index.js';
import { arrivalsByDay } from './arrivals.js';
import { expectedSlots } from './expected-slots.js';
import { MirrorProcess } from './mirror-process.js';
import { connect } from './sql-client.js';
import { SUPPLIER_KEY } from './test-app.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** Processes, the database they share, and their supplier, whose truth stands still and who takes its time to answer. */
export class Deployment {
  private readonly processes: MirrorProcess[] = [];

  private constructor(
    readonly sandbox: SandboxSupplier,
    private readonly database: TestDatabase,
    private readonly client: pg.Client,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async create(env: Readonly<Record<string, string>>, latencyMs: number): Promise<Deployment> {
    const sandbox = new SandboxSupplier({ apiKey: SUPPLIER_KEY, requestsPerMinute: 1_000_000, speed: 0 });
    sandbox.addFault({ kind: 'latency', latencyMs });
    const url = await sandbox.start();
    const database = await createTestDatabase();
    const places = { DATABASE_URL: database.url, SUPPLIER_URL: url };
    return new Deployment(sandbox, database, await connect(database), { ...env, ...places });
  }

  async start(env: Readonly<Record<string, string>> = {}): Promise<MirrorProcess> {
    const started = await MirrorProcess.start({ ...this.env, ...env });
    this.processes.push(started);
    return started;
  }

  requests(): LoggedRequest[] {
    return this.sandbox.requests();
  }

  /** The days that were asked for again while they were asked for. */
  askedTwiceAtOnce(latencyMs: number): string[] {
    const twice = (arrivals: readonly number[]): boolean =>
      arrivals.some((at, i) => i > 0 && at - (arrivals[i - 1] ?? 0) < latencyMs);
    return [...arrivalsByDay(this.requests())].filter(([, arrivals]) => twice(arrivals)).map(([day]) => day);
  }

  async count(where: string): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(
      `select count(*)::int as count from day where ${where}`,
    );
    return rows[0]?.count ?? 0;
  }

  /** The confirmed days that are not what the supplier says. */
  async wrongDays(): Promise<string[]> {
    const { rows } = await this.client.query<{ id: number; date: string; slots: unknown }>(
      'select experience_id as id, date::text as date, slots from day where confirmed_at is not null',
    );
    const right = (id: number, date: string): string => canonical(expectedSlots(this.sandbox.truth(id, date)));
    return rows
      .filter(({ id, date, slots }) => canonical(slots) !== right(id, date))
      .map(({ id, date }) => `${id}/${date}`);
  }

  /** How many requests the runs tell of, and how many of the runs are over. */
  async runs(): Promise<{ requested: number; open: number }> {
    const { rows } = await this.client.query<{ requested: number; open: number }>(
      `select coalesce(sum(requested), 0)::int as requested, (count(*) filter (where finished_at is null))::int as open
       from sync_run`,
    );
    return rows[0] ?? { requested: 0, open: 0 };
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((each) => each.kill()));
    await this.client.end();
    await this.sandbox.stop();
    await this.database.drop();
  }
}

/** JSON whose fields are in the order of their names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
