import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Database } from './database.js';
import { PrismaService } from './prisma.service.js';

type Handler = (payload: string) => void;

/** How long to wait before the next attempt to connect. */
const RETRY_MS = 500;
/**
 * How often a notification is sent to ourselves as a heartbeat, and how long it may take. A silent network breaks no
 * connection, and a pooler may accept LISTEN and deliver nothing.
 */
const HEARTBEAT_MS = 2_000;
const LONGEST_WAIT_MS = 3_000;
/** How long the other side may take to close the connection. */
const GOODBYE_MS = 1_000;
const HEARTBEAT = 'slotmirror_heartbeat';

/**
 * The notifications of the database (NOTIFY), received over a separate connection. It reconnects by itself, but notifications in
 * between are lost. A subscriber that must not miss any checks `connected`, and on `onLost` discards what it holds or looks itself.
 */
@Injectable()
export class Notifications implements OnApplicationBootstrap {
  private readonly handlers = new Map<string, Set<Handler>>();
  private readonly lost = new Set<() => void>();
  private readonly stopping = new AbortController();
  private client: pg.Client | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly prisma: PrismaService,
  ) {}

  /** Whether all notifications are being received. */
  get connected(): boolean {
    return this.client !== undefined;
  }

  /** Subscribes to a channel. To be called before the application has started. */
  on(channel: string, handler: Handler): void {
    const handlers = this.handlers.get(channel) ?? new Set();
    this.handlers.set(channel, handlers.add(handler));
  }

  /**
   * Calls `handler` each time notifications may have been missed: when the connection is lost, and when it is there, because those
   * since the handler last looked were not heard.
   */
  onLost(handler: () => void): void {
    this.lost.add(handler);
  }

  onApplicationBootstrap(): void {
    // Behind a pooler that runs each statement on another connection, no notification would arrive.
    if (this.database.pooled) return;
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const client = await this.connect();
      if (client) {
        this.connectedBy(client);
        await this.beat(client);
        this.connectedBy(undefined);
        await goodbye(client);
      }
      await this.sleep(RETRY_MS);
    }
  }

  private connectedBy(client: pg.Client | undefined): void {
    this.client = client;
    this.lost.forEach((handler) => {
      handler();
    });
  }

  private async connect(): Promise<pg.Client | undefined> {
    let client: pg.Client | undefined;
    try {
      // It reads the certificates that the URL names.
      client = this.newClient();
      await client.connect();
      for (const channel of [HEARTBEAT, ...this.handlers.keys()]) {
        await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      }
      await this.hearItself(client);
      return client;
    } catch {
      if (client) await goodbye(client);
      return undefined;
    }
  }

  private newClient(): pg.Client {
    const client = new pg.Client({
      connectionString: this.database.connectionString,
      application_name: 'slotmirror notifications',
      connectionTimeoutMillis: LONGEST_WAIT_MS,
      query_timeout: LONGEST_WAIT_MS,
    });
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload = '' }) => {
      this.handlers.get(channel)?.forEach((handler) => {
        handler(payload);
      });
    });
    return client;
  }

  /** Resolves when the connection has failed. */
  private async beat(client: pg.Client): Promise<void> {
    const ended = new Promise<'ended'>((resolve) => client.once('end', () => resolve('ended')));
    for (;;) {
      const end = await Promise.race([ended, this.sleep(HEARTBEAT_MS)]);
      if (end === 'ended' || this.stopping.signal.aborted) return;
      try {
        await this.hearItself(client);
      } catch {
        return;
      }
    }
  }

  /**
   * Sends a notification over the connections that record days. After a failover these may lead to the new primary while this
   * one still listens to the old one.
   * @throws if the notification does not arrive
   */
  private async hearItself(client: pg.Client): Promise<void> {
    const word = randomUUID();
    const heard = new Promise<'heard'>((resolve) => {
      const listener = ({ payload }: pg.Notification): void => {
        if (payload !== word) return;
        client.off('notification', listener);
        resolve('heard');
      };
      client.on('notification', listener);
    });
    const sent = this.prisma.direct.$executeRaw`SELECT pg_notify(${HEARTBEAT}, ${word})`.then(() => heard);
    const result = await Promise.race([sent, this.sleep(LONGEST_WAIT_MS)]);
    if (result !== 'heard') throw new Error('the database did not deliver a notification');
  }

  private async sleep(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
  }
}

/** Over a network that has become silent, the other side never answers a goodbye. */
async function goodbye(client: pg.Client): Promise<void> {
  const ended = client.end().catch(() => undefined);
  await Promise.race([ended, pause(GOODBYE_MS, undefined, { ref: false })]);
  client.connection.stream.destroy();
}
