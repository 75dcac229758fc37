import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ServerSettings } from '../config/index.js';
import { Notifications } from '../prisma/index.js';
import { Clock } from '../time/index.js';
import { PreparedResponse } from './prepared-response.js';
import type { ReadResponse, ReadSubject } from './read-response.js';
import { RepeatedMisses } from './repeated-misses.js';

interface Filling {
  /**
   * Undefined when it is done: a Map's outgrown tables hold what was removed from it until a full collection, and would keep every
   * response alive that was read since the last one.
   */
  response: Promise<PreparedResponse> | undefined;
  /** False: what it reads may be out of date by now. */
  current: boolean;
}

/**
 * Finished responses by URL, bounded in bytes. The database's notifications vouch for them: whoever changes what a response shows
 * invalidates it, and while notifications are not heard nothing is served and nothing is kept.
 */
@Injectable()
export class ResponseCache {
  private readonly kept: LRUCache<string, PreparedResponse> | undefined;
  private readonly filling = new Map<string, Filling>();
  private readonly repeated: RepeatedMisses;
  private touched: PreparedResponse[] = [];
  private hitsSoFar = 0;
  private missesSoFar = 0;

  constructor(
    settings: ServerSettings,
    private readonly notifications: Notifications,
    private readonly clock: Clock,
  ) {
    this.repeated = new RepeatedMisses(settings.responseCacheBytes);
    if (settings.responseCacheBytes > 0) {
      this.kept = new LRUCache({
        maxSize: settings.responseCacheBytes,
        sizeCalculation: (response, key) => response.size + key.length,
      });
    }
    notifications.onLost(() => {
      this.clear();
    });
    // The time until which each may be served was another clock's.
    clock.onSet(() => {
      this.clear();
    });
  }

  /** Whether responses are served and kept now. */
  get ready(): boolean {
    return this.kept !== undefined && this.notifications.connected;
  }

  get counts(): { readonly hits: number; readonly misses: number; readonly bytes: number; readonly responses: number } {
    const { calculatedSize: bytes = 0, size: responses = 0 } = this.kept ?? {};
    return { hits: this.hitsSoFar, misses: this.missesSoFar, bytes, responses };
  }

  /** The response to serve, if there is one. Counts as a read. */
  find(url: string, now: Date): PreparedResponse | undefined {
    if (!this.notifications.connected) return undefined;
    const response = this.kept?.get(url);
    if (!response || response.content.until <= now.getTime()) return undefined;
    if (response.hits === 0) this.touched.push(response);
    response.wasHit = true;
    response.hits++;
    this.hitsSoFar++;
    return response;
  }

  /** Computes the response, once for all concurrent requests, and keeps it unless what it shows changed meanwhile. */
  async fill(url: string, compute: () => Promise<ReadResponse>): Promise<PreparedResponse> {
    this.missesSoFar++;
    const running = this.filling.get(url);
    if (running?.response) return running.response;
    const computing = this.prepare(url, compute);
    const filling: Filling = { response: computing, current: this.notifications.connected };
    this.filling.set(url, filling);
    try {
      const response = await computing;
      if (filling.current) this.keep(url, response);
      return response;
    } finally {
      filling.response = undefined;
      if (this.filling.get(url) === filling) this.filling.delete(url);
    }
  }

  /**
   * Keeps a response. In a full cache it takes the place of others only if it was missed before, recently: what is read once, as by
   * whoever walks through the whole catalogue, displaces nothing that can still be served.
   */
  private keep(url: string, response: PreparedResponse): void {
    const { kept } = this;
    if (!kept) return;
    const fits = kept.calculatedSize + response.size <= kept.maxSize;
    if (fits || kept.has(url) || this.isFirstOver(kept) || this.repeated.note(url)) kept.set(url, response);
  }

  /** Whether the response that would be displaced is no longer served. */
  private isFirstOver(kept: LRUCache<string, PreparedResponse>): boolean {
    const [first] = kept.rvalues();
    return first !== undefined && first.content.until <= this.clock.now().getTime();
  }

  /** What is shown there changed. */
  forget(url: string): void {
    // It will be read again.
    if (this.kept?.peek(url)?.wasHit) this.repeated.note(url);
    this.kept?.delete(url);
    const filling = this.filling.get(url);
    if (!filling) return;
    filling.current = false;
    // Requests from now on must not get what was read before.
    this.filling.delete(url);
  }

  /** Everything below it changed. Looks at every entry: for rare events. */
  forgetBelow(prefix: string): void {
    const urls = [...(this.kept?.keys() ?? []), ...this.filling.keys()];
    for (const url of urls) if (url.startsWith(prefix)) this.forget(url);
  }

  /** Something may have been missed. */
  clear(): void {
    this.kept?.clear();
    for (const filling of this.filling.values()) filling.current = false;
    this.filling.clear();
  }

  /** What was served from the cache since the last call. */
  takeHits(): { readonly about: readonly ReadSubject[]; readonly count: number }[] {
    const hits = this.touched.map(({ content, hits: count }) => ({ about: content.about, count }));
    for (const response of this.touched) response.hits = 0;
    this.touched = [];
    return hits;
  }

  private async prepare(url: string, compute: () => Promise<ReadResponse>): Promise<PreparedResponse> {
    return new PreparedResponse(await compute(), (grown) => {
      // Removed first: set again, the same value would not be measured again.
      if (this.kept?.peek(url) === grown && this.kept.delete(url)) this.kept.set(url, grown);
    });
  }
}
