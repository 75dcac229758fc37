import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { ServerSettings, SupplierSettings } from '../config/index.js';

/** What is in flight may take as long as the supplier, and then there are these to record and to close. */
const TO_CLOSE_MS = 5_000;
/** Of these the last are for the database: what clients do not take by then is cut. */
const DATABASE_MS = 1_500;
/** So much before whoever asked for the end makes it himself. */
const BEFORE_KILL_MS = 250;

/**
 * How the server stops, step by step: from the signal on it is not ready, and each answer is the last of its connection;
 * `DRAIN_DELAY` later it listens no more; what clients do not take in time is cut; and whatever holds it up, it ends.
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

  constructor({ drainDelayMs }: ServerSettings, { timeoutMs }: SupplierSettings) {
    this.delayMs = Math.min(drainDelayMs, timeoutMs);
    this.graceMs = timeoutMs + TO_CLOSE_MS;
  }

  /** Whether the server stops. */
  get active(): boolean {
    return this.begun;
  }

  /** What makes an end where the server does not come to one. */
  onOverdue(end: () => void): void {
    this.overdue = end;
    if (this.begun) this.watch();
  }

  /** It was told to stop. @param cutAll called when clients had time enough */
  begin(cutAll: () => void): void {
    if (this.begun) return;
    this.begun = true;
    this.delay = new Promise((resolve) => setTimeout(resolve, this.delayMs).unref());
    this.cutting = setTimeout(cutAll, this.graceMs - DATABASE_MS).unref();
    this.watch();
  }

  /** SIGTERM is how a platform ends what others still send requests to; a person at a keyboard waits for nothing. */
  beforeApplicationShutdown(signal?: string): void {
    this.isDeployed = signal === 'SIGTERM';
  }

  /** Resolves when whoever sends requests had time to see that it is not ready. */
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
