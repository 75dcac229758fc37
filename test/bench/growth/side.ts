import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { LocalDate } from '../../../src/time/index.js';
import { anotherDatabase, type BenchDatabase, type EmptyDatabase } from '../postgres.js';
import { startOurs, type OurSettings, type ServerProcess } from '../reads/child.js';
import type { Scope } from '../scope.js';
import { fillCatalogue } from './fill.js';
import { StandIn } from './stand-in.js';

const READY_MS = 60_000;
const LOOK_MS = 5;

/** A catalogue, its supplier, and the service on it. */
export class Side {
  private constructor(
    readonly experiences: number,
    readonly supplier: StandIn,
    private readonly scope: Scope,
    private readonly database: EmptyDatabase,
    private readonly settings: Partial<OurSettings>,
  ) {}

  /** A database whose due times were computed by the present settings, so that no start computes them again. */
  static async empty(
    scope: Scope,
    bench: BenchDatabase,
    [name, experiences]: readonly [string, number],
    settings: Partial<OurSettings>,
  ): Promise<Side> {
    const supplier = await StandIn.start(scope);
    const database = await anotherDatabase(scope, bench, name);
    const side = new Side(experiences, supplier, scope, database, { SUPPLIER_URL: supplier.url, ...settings });
    await side.while(() => side.until('SELECT FROM schedule WHERE plan_key IS NOT NULL'));
    return side;
  }

  get client(): Client {
    return this.database.client;
  }

  get name(): string {
    return `${this.experiences.toLocaleString('en')} experiences`;
  }

  async fill(dates: readonly LocalDate[]): Promise<this> {
    await fillCatalogue(this.client, this.experiences, dates);
    return this;
  }

  async pause(): Promise<void> {
    await this.client.query(`UPDATE sync_control SET paused_at = now(), reason = 'bench'`);
  }

  async resume(): Promise<void> {
    await this.client.query(`UPDATE sync_control SET paused_at = NULL`);
  }

  start(): Promise<ServerProcess> {
    return startOurs(this.scope, this.name, this.database.dir, { DATABASE_URL: this.database.url, ...this.settings });
  }

  /** Runs the service while `work` is under way. */
  async while<T>(work: (server: ServerProcess) => Promise<T>): Promise<T> {
    const server = await this.start();
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  }

  /** Seconds from the start of the process until it is ready. */
  async secondsToReady(): Promise<number> {
    const start = performance.now();
    return this.while(async ({ origin }) => {
      while ((await fetch(`${origin}/health/ready`)).status !== 200) await sleep(LOOK_MS);
      return (performance.now() - start) / 1_000;
    });
  }

  /** Resolves when the statement finds a row. */
  async until(statement: string, ms = READY_MS): Promise<void> {
    for (const end = performance.now() + ms; performance.now() < end;) {
      if ((await this.client.query(statement)).rowCount !== 0) return;
      await sleep(LOOK_MS * 10);
    }
    throw new Error(`${this.name}: nothing found by ${statement}`);
  }
}
