import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ServerSettings } from '../config/index.js';
import { Notices } from '../prisma/index.js';
import { Clock, type LocalDate } from '../time/index.js';
import { CachedAnswer, type Encoding } from './cached-answer.js';
import type { FreshAnswer } from './fresh-answer.js';

/** What an answer shows: a date of an experience, or (null) its calendar. */
export interface AnswerSubject {
  readonly experienceId: number;
  readonly date: LocalDate | null;
  /** IANA, where the experience is. */
  readonly zone: string;
}

/** An answer that may be served again until `until` (epoch milliseconds), unless it is forgotten before. */
export interface CacheableAnswer extends FreshAnswer {
  readonly until: number;
  readonly about: AnswerSubject;
}

/** How often an answer was served from memory. */
export interface Hits {
  readonly about: AnswerSubject;
  readonly count: number;
}

interface Filling {
  /**
   * Undefined when it is done: what a Map holds no more may linger in its outgrown tables until a full collection, and with
   * it, answer by answer, everything that was read since the last one.
   */
  answer: Promise<CacheableAnswer> | undefined;
  /** False: what it reads may be out of date by now. */
  current: boolean;
}

/** One compression at a time: it takes a core, and whoever doesn't get it is answered as it is. */
const COMPRESSING = 1;

/**
 * Finished answers by URL, bounded in bytes. It serves what the database's notices vouch for: whoever changes what an
 * answer shows has it forgotten, and while the notices are not heard nothing is served and nothing is kept.
 */
@Injectable()
export class ResponseCache {
  private readonly answers: LRUCache<string, CachedAnswer> | undefined;
  private readonly filling = new Map<string, Filling>();
  private touched: CachedAnswer[] = [];
  private compressing = 0;
  private hitsSoFar = 0;
  private missesSoFar = 0;

  constructor(
    settings: ServerSettings,
    private readonly notices: Notices,
    clock: Clock,
  ) {
    if (settings.responseCacheBytes > 0) {
      this.answers = new LRUCache({
        maxSize: settings.responseCacheBytes,
        sizeCalculation: (answer) => answer.size,
      });
    }
    notices.onLost(() => {
      this.clear();
    });
    // Until when each may be served was told by another clock.
    clock.onSet(() => {
      this.clear();
    });
  }

  /** Whether answers are served and kept now. */
  get ready(): boolean {
    return this.answers !== undefined && this.notices.connected;
  }

  get counts(): { readonly hits: number; readonly misses: number; readonly bytes: number; readonly answers: number } {
    const { calculatedSize: bytes = 0, size: answers = 0 } = this.answers ?? {};
    return { hits: this.hitsSoFar, misses: this.missesSoFar, bytes, answers };
  }

  /** The answer to serve, if there is one. Counts as read. */
  find(url: string, now: Date): CachedAnswer | undefined {
    if (!this.notices.connected) return undefined;
    const answer = this.answers?.get(url);
    if (!answer || answer.answer.until <= now.getTime()) return undefined;
    if (answer.hits === 0) this.touched.push(answer);
    answer.hits++;
    this.hitsSoFar++;
    return answer;
  }

  /** Computes the answer, once for all who ask meanwhile, and keeps it unless what it shows changed while it was computed. */
  async fill(url: string, compute: () => Promise<CacheableAnswer>): Promise<CacheableAnswer> {
    this.missesSoFar++;
    const running = this.filling.get(url);
    if (running?.answer) return running.answer;
    const computing = compute();
    const filling: Filling = { answer: computing, current: this.notices.connected };
    this.filling.set(url, filling);
    try {
      const answer = await computing;
      if (filling.current) this.answers?.set(url, new CachedAnswer(url, answer));
      return answer;
    } finally {
      filling.answer = undefined;
      if (this.filling.get(url) === filling) this.filling.delete(url);
    }
  }

  /** What is shown there changed. */
  forget(url: string): void {
    this.answers?.delete(url);
    const filling = this.filling.get(url);
    if (!filling) return;
    filling.current = false;
    // Whoever asks from now on must not get what was read before.
    this.filling.delete(url);
  }

  /** All that stands below it changed. Looks at everything that is kept: for what seldom happens. */
  forgetBelow(prefix: string): void {
    const urls = [...(this.answers?.keys() ?? []), ...this.filling.keys()];
    for (const url of urls) if (url.startsWith(prefix)) this.forget(url);
  }

  /** Something may have been missed. */
  clear(): void {
    this.answers?.clear();
    for (const filling of this.filling.values()) filling.current = false;
    this.filling.clear();
  }

  /** Has a form made that a client could have taken. */
  compress(answer: CachedAnswer, encoding: Encoding): void {
    if (this.compressing >= COMPRESSING || !answer.lacks(encoding)) return;
    this.compressing++;
    void answer
      .compress(encoding)
      .then(() => {
        // Counted anew: it has grown.
        if (this.answers?.peek(answer.url) === answer) this.answers.set(answer.url, answer);
      })
      .finally(() => this.compressing--);
  }

  /** What was served from memory since the last call. */
  takeHits(): Hits[] {
    const hits = this.touched.map(({ answer, hits: count }) => ({ about: answer.about, count }));
    for (const answer of this.touched) answer.hits = 0;
    this.touched = [];
    return hits;
  }
}
