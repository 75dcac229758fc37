import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { ServerSettings, SuppliersSettings } from '../config/index.js';

/** After what is in flight (at most a supplier's timeout), the time for recording it and for closing. */
const TO_CLOSE_MS = 5_000;
/** The last part of it, for the database: connections whose clients are slower are cut before. */
const DATABASE_MS = 1_500;
/** How long before the platform would kill the process it ends by itself. */
const BEFORE_KILL_MS = 250;

/**
 * How the server stops, step by step. From the signal on it is not ready, and each response is the last of its connection. After
 * `DRAIN_DELAY` it stops listening. Connections of slow clients are cut in time. Whatever holds it up, it ends.
 */
@Injectable()
export class Drain implements BeforeApplicationShutdown {
  private begun = false;
  private isDeployed = false;
  private delay: Promise<void> | undefined;
  private cutting: NodeJS.Timeout | undefined;
  private overdue: (() => void) | undefined;
  private readonly delayMs: number;
  private readonly graceMs: number;

  constructor({ drainDelayMs }: ServerSettings, { longestTimeoutMs: timeoutMs }: SuppliersSettings) {
    this.delayMs = Math.min(drainDelayMs, timeoutMs);
    this.graceMs = timeoutMs + TO_CLOSE_MS;
  }

  /** Whether the server is stopping. */
  get active(): boolean {
    return this.begun;
  }

  /** @param end called when the server did not stop in time */
  onOverdue(end: () => void): void {
    this.overdue = end;
    if (this.begun) this.watch();
  }

  /** The server begins to stop. @param cutAll called when clients have had time enough */
  begin(cutAll: () => void): void {
    if (this.begun) return;
    this.begun = true;
    this.delay = new Promise((resolve) => setTimeout(resolve, this.delayMs).unref());
    this.cutting = setTimeout(cutAll, this.graceMs - DATABASE_MS).unref();
    this.watch();
  }

  /** After SIGTERM, which platforms send, a load balancer may still send requests; a person at a keyboard waits for nothing. */
  beforeApplicationShutdown(signal?: string): void {
    this.isDeployed = signal === 'SIGTERM';
  }

  /** Resolves when load balancers have had time to see that it is not ready. */
  async noticed(): Promise<void> {
    if (this.isDeployed) await this.delay;
  }

  /** No connection is left. */
  end(): void {
    clearTimeout(this.cutting);
  }

  private watch(): void {
    if (this.overdue) setTimeout(this.overdue, this.graceMs - BEFORE_KILL_MS).unref();
  }
}
