import { Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../time/index.js';
import { failureText } from './failure-text.js';
import { ReadPool } from './read-pool.js';
import type { ReplicaReport, StandbyState } from './replica.shape.js';
import { ReplayLag, standbyState, type Position, type PrimaryPosition } from './standby-state.js';

/** How long a read of it may wait for a connection, and how long it may take. Short, because the primary can answer instead. */
const TIMEOUT_MS = 1_000;
/** How often its position is checked. It may be behind by two checks, but never for a day whose notification has arrived. */
const LOOK_EVERY_MS = 1_000;
/** How long it is not used after a failed read. */
const REST_MS = 5_000;

/** How long it is not used before that is logged. */
const LOGGED_AFTER_MS = 3_000;

const POSITION = `
  SELECT (SELECT system_identifier FROM pg_control_system())::text AS system, pg_is_in_recovery() AS standby,
    pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, '0/0')::text AS position`;

const TEXTS: Readonly<Record<Exclude<StandbyState, 'serving' | 'unreachable'>, string>> = {
  unchecked: 'How far it is will be known in a second or two. Until then the primary serves all reads.',
  behind: 'It lacks what the primary wrote some seconds ago. The primary serves all reads until it has caught up.',
  not_standby:
    'It follows no other database: it was promoted, or never was a standby. The primary serves all reads. ' +
    'Set DATABASE_REPLICA_URL to a standby of the database at DATABASE_URL.',
  other_database:
    'It follows another database than the one at DATABASE_URL, or an older history of it. The primary serves all reads. ' +
    'Set DATABASE_REPLICA_URL to a standby of the database at DATABASE_URL.',
};

/**
 * The read replica, and whether it may serve. It must be a streaming standby that has replayed what the primary had written a
 * moment ago. Otherwise nothing is read from it.
 */
export class ReadReplica {
  private readonly logger = new Logger('Database');
  readonly pool: ReadPool;
  private readonly lag = new ReplayLag();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private looking: Promise<void> | undefined;
  private state: StandbyState = 'unchecked';
  /** The last logged state; undefined: it serves. */
  private logged: StandbyState | undefined;
  private since: Date;
  private lagMs: number | null = null;
  private failure = '';
  /** The primary's position at the last check; undefined: never known. */
  private needed: bigint | undefined;
  /** The number of calls of `distrust`. */
  private distrusts = 0;
  /** Whether it needs all that is written by the next check, and not only what was written by the last one. */
  private distrusted = true;
  /** After a failed read it is not used until then, epoch milliseconds. */
  private restUntil = 0;

  constructor(
    url: string,
    private readonly primary: ReadPool,
    private readonly clock: Clock,
  ) {
    this.pool = new ReadPool(url, TIMEOUT_MS);
    this.since = clock.now();
    clock.onSet(() => (this.restUntil = 0));
  }

  /** Whether reads may use it. */
  get serves(): boolean {
    return this.state === 'serving' && this.clock.now().getTime() >= this.restUntil;
  }

  get report(): ReplicaReport {
    const { state } = this;
    return {
      state,
      since: this.since.toISOString(),
      lagSeconds: this.lagMs === null ? null : Math.round(this.lagMs / 100) / 10,
      text: state === 'serving' ? null : state === 'unreachable' ? this.failure : TEXTS[state],
    };
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Something was written that it may lack. It serves again when it has replayed everything up to now. */
  distrust(): void {
    this.distrusts += 1;
    this.distrusted = true;
    if (this.state === 'serving') this.set('unchecked');
  }

  /** A read failed. Logged once for all reads that shared it. */
  failed(error: unknown): void {
    const now = this.clock.now().getTime();
    if (now < this.restUntil) return;
    this.restUntil = now + REST_MS;
    this.logger.warn(
      `the read replica did not answer, the primary is used for ${REST_MS / 1_000} s: ${failureText(error)}`,
    );
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.pool.end();
  }

  /** The primary did not answer a read. Checks whether the replica may serve without it. */
  async servesAlone(): Promise<boolean> {
    if (!this.serves) await this.lookOnce();
    return this.serves;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.lookOnce();
      this.log();
      await pause(LOOK_EVERY_MS, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
    }
  }

  /** Only one check runs at a time, shared by all who wait for it. */
  private lookOnce(): Promise<void> {
    this.looking ??= this.look().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async look(): Promise<void> {
    const { distrusts, needed } = this;
    const before = await this.positionOfPrimary();
    try {
      const standby = await positionOf(this.pool);
      const primary = await this.positionOfPrimary();
      if (this.distrusts !== distrusts) return;
      if (before) this.lag.note(before.position, this.clock.now().getTime());
      this.lagMs =
        standby.standby && standby.position !== null ? this.lag.of(standby.position, this.clock.now().getTime()) : null;
      this.needed = before?.position ?? needed;
      // If the primary is unreachable, nothing is written either.
      const state = standbyState(standby, primary, this.distrusted ? this.needed : needed);
      if (state === 'serving') this.distrusted = false;
      this.set(state);
    } catch (error) {
      this.lagMs = null;
      const text = failureText(error);
      this.failure = text.includes('unsupported startup parameter')
        ? 'A pooler stands before it: add pgbouncer=true to DATABASE_REPLICA_URL. The primary serves all reads.'
        : `It does not answer (${text}). The primary serves all reads. Check DATABASE_REPLICA_URL and the standby.`;
      this.set('unreachable');
    }
  }

  /** Undefined: it does not respond, or is not a primary. Then nothing is written that the standby could lack. */
  private async positionOfPrimary(): Promise<PrimaryPosition | undefined> {
    const found = await positionOf(this.primary).catch(() => undefined);
    return found && !found.standby && found.position !== null ? { ...found, position: found.position } : undefined;
  }

  private set(state: StandbyState): void {
    if (state === this.state) return;
    this.state = state;
    this.since = this.clock.now();
  }

  /** Logs changes of the state. A replica that is behind for a short time is not logged. */
  private log(): void {
    const { state, logged } = this;
    if (state === 'serving') {
      if (logged) this.logger.log('the read replica serves reads again');
      this.logged = undefined;
    } else if (state !== logged && this.clock.now().getTime() - this.since.getTime() >= LOGGED_AFTER_MS) {
      this.logger.warn(`the read replica is not used: ${this.report.text}`);
      this.logged = state;
    }
  }
}

async function positionOf(pool: ReadPool): Promise<Position> {
  const [row] = await pool.query<{ system: string; standby: boolean; position: string | null }>(POSITION);
  if (!row) throw new Error('it does not report its position');
  return { ...row, position: row.position === null ? null : BigInt(row.position) };
}
