import { Logger } from '@nestjs/common';
import type { Change } from '../changes/change.shape.js';
import { CursorExpired, changeCursor, type FeedPage, type Position } from '../changes/index.js';
import { failureText } from '../prisma/index.js';
import { withTimeLimit } from '../time/index.js';
import { chosenChanges } from './chosen-changes.js';
import { changesMessage, type Message } from './message.js';
import { octoMessages } from './octo-messages.js';
import { pageUpTo } from './page-up-to.js';
import { pause } from './pause.js';
import { GIVE_UP_MS, retryPauseMs } from './retry-schedule.js';
import type { SenderParts } from './sender-parts.js';
import { storedPosition, type StoredWebhook } from './stored-webhook.js';
import { TIMEOUT_MS, type Attempt } from './webhook-client.js';
import type { Progress } from './webhooks.js';

/** A lease that ends within this is not enough for an attempt: another process might send before it has ended. */
const LEAST_LEASE_MS = TIMEOUT_MS + 5_000;
/** The position moves on at least so often, also past what is not for the webhook, so that it does not expire. */
const LONGEST_WAIT_MS = 60_000;
const DATABASE_PAUSE_MS = 1_000;

/**
 * Sends the changes of one webhook, one message after the other, so that the versions of a day arrive in order. It runs while the
 * process holds the lease of the webhook's revision.
 */
export class WebhookSender {
  private readonly logger = new Logger('Webhooks');
  private readonly stopping = new AbortController();
  private readonly experiences: ReadonlySet<number> | null;
  private cursor: string;
  private attempts: number;
  private firstFailedAt: Date | null;
  private nextAttemptAt: Date | null;
  /** Where the changes end that were sent and not taken: later ones are not sent with them. Null: all were taken; undefined: not read. */
  private triedUpTo: Position | null | undefined;
  /** Of the messages for the present changes, those that were taken: only the others are tried again. */
  private readonly taken = new Set<string>();
  /** The message that failed last; null: none. */
  private failing: string | null = null;

  constructor(
    private readonly webhook: StoredWebhook,
    private leasedUntil: Date,
    private readonly parts: SenderParts,
  ) {
    const { experienceIds, cursor, attempts, firstFailedAt, nextAttemptAt } = webhook;
    this.experiences = experienceIds.length === 0 ? null : new Set(experienceIds);
    this.cursor = cursor;
    this.attempts = attempts;
    this.firstFailedAt = firstFailedAt;
    this.nextAttemptAt = nextAttemptAt;
  }

  get progress(): Progress {
    return { id: this.webhook.id, revision: this.webhook.revision, cursor: this.cursor };
  }

  private hasStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  extendLease(until: Date): void {
    this.leasedUntil = until;
  }

  /** An attempt that is under way is finished first. */
  stop(): void {
    this.stopping.abort();
  }

  /** Resolves when it was stopped, or the webhook ended. */
  async run(): Promise<void> {
    const { lately, clock } = this.parts;
    while (!this.hasStopped()) {
      try {
        await this.step();
      } catch (error) {
        if (this.hasStopped()) return;
        if (error instanceof CursorExpired) await this.expired(error);
        else {
          const text = failureText(error);
          if (lately.isNew(text, clock.now())) this.logger.warn(`webhook ${this.webhook.id}: ${text}`);
          await this.pause(DATABASE_PAUSE_MS);
        }
      }
    }
  }

  private async step(): Promise<void> {
    await this.pause(this.nextAttemptAt ? this.nextAttemptAt.getTime() - this.parts.clock.now().getTime() : 0);
    if (this.triedUpTo === undefined) await this.takeUp();
    const page = await this.nextPage();
    if (this.hasStopped()) return;
    const merged = this.webhook.delayMs > 0;
    const changes = chosenChanges(page.changes, this.webhook, merged, this.firstFailedAt ?? this.parts.clock.now());
    const last = page.changes.at(-1);
    if (changes.length === 0 || !last) this.moveOn(changeCursor(page.next));
    // Not `next`, which moves on with changes that are not for this webhook: the message would be another one at each attempt.
    else await this.deliver(this.messages(changes, last.content.id), page.next);
  }

  /** From attempts by another process, or before an admin resumed it. */
  private async takeUp(): Promise<void> {
    const { triedUpTo, failing } = await this.parts.log.lastFrom(this.webhook.id, this.cursor);
    this.triedUpTo = triedUpTo === null ? null : storedPosition(triedUpTo);
    this.failing = failing;
  }

  private moveOn(cursor: string): void {
    this.cursor = cursor;
    this.triedUpTo = null;
  }

  private messages(changes: readonly Change[], last: string): Message[] {
    const { id, reseller } = this.webhook;
    return reseller === null ? [changesMessage(id, changes, last)] : octoMessages(id, changes);
  }

  /** Of a message that failed, the same changes again. */
  private async nextPage(): Promise<FeedPage> {
    const from = storedPosition(this.cursor);
    const query = { limit: this.webhook.batchSize, experiences: this.experiences };
    const page = await withTimeLimit(LONGEST_WAIT_MS, this.stopping.signal, async (limited) => {
      const found = await this.parts.feed.next(from, query, limited);
      // The process stops: the feed would answer so at once, again and again, and let nothing else run.
      if (found.changes.length === 0 && !limited.aborted) this.stop();
      return found;
    });
    if (this.triedUpTo) return pageUpTo(page, this.triedUpTo);
    if (this.webhook.delayMs === 0 || page.changes.length === 0) return page;
    await this.pause(this.webhook.delayMs);
    return this.parts.feed.read(from, query);
  }

  /** The position moves on when all are taken. */
  private async deliver(messages: readonly Message[], next: Position): Promise<void> {
    const noted: Promise<unknown>[] = [];
    for (const message of messages) {
      if (this.taken.has(message.id)) continue;
      const sent = await this.send(message, next);
      if (!sent) return;
      this.taken.add(message.id);
      // What failed is taken: the next failure is a first one. That others are taken again does not end its three days.
      if (this.failing === null || this.failing === message.id) this.forgive();
      // It is looked at below, once all are sent.
      sent.noted.catch(() => undefined);
      noted.push(sent.noted);
    }
    this.taken.clear();
    // All at once: each waits for the disk.
    await Promise.all([...noted, this.delivered(changeCursor(next))]);
  }

  /** @returns null: it was not taken; otherwise when that it was is in the log */
  private async send(message: Message, next: Position): Promise<{ readonly noted: Promise<unknown> } | null> {
    const attempt = await this.parts.hosts.run(new URL(this.webhook.url).host, () => this.attempt(message));
    if (!attempt) return null;
    const { status, error, durationMs } = attempt;
    this.parts.attempts.add(error === null);
    const noted = this.parts.log.add({
      ...{ webhookId: this.webhook.id, messageId: message.id, test: false, changes: message.changes },
      ...{ fromCursor: this.cursor, nextCursor: changeCursor(next) },
      ...{ attempt: this.attempts + 1, status, error, durationMs },
    });
    if (error === null) return { noted };
    this.triedUpTo = next;
    this.failing = message.id;
    await noted;
    if (status === 410)
      await this.end('disabled', 'The receiver answered 410: it is gone. Resume the webhook if it is back.');
    else await this.failed(error, attempt);
    return null;
  }

  /** Undefined: the lease ends too soon, or the process stops. */
  private async attempt(message: Message): Promise<Attempt | undefined> {
    const left = this.leasedUntil.getTime() - this.parts.clock.now().getTime();
    if (left < LEAST_LEASE_MS) await this.pause(DATABASE_PAUSE_MS);
    if (left < LEAST_LEASE_MS || this.hasStopped()) return undefined;
    return this.parts.client.send(message, this.webhook);
  }

  private async delivered(next: string): Promise<void> {
    const held = await this.parts.webhooks.delivered(this.holder(), next, this.parts.clock.now());
    if (!held) this.stop();
    this.moveOn(next);
    this.forgive();
  }

  private forgive(): void {
    this.attempts = 0;
    this.failing = this.firstFailedAt = this.nextAttemptAt = null;
  }

  private async failed(error: string, { retryAfterMs }: Attempt): Promise<void> {
    const now = this.parts.clock.now();
    const attempts = this.attempts + 1;
    const firstFailedAt = this.firstFailedAt ?? now;
    if (now.getTime() - firstFailedAt.getTime() >= GIVE_UP_MS) {
      await this.end(
        'failing',
        `No message was taken for three days, last: ${error}. Mend the receiver, then resume the webhook.`,
      );
      return;
    }
    const nextAttemptAt = new Date(now.getTime() + retryPauseMs(attempts, retryAfterMs, this.parts.random()));
    Object.assign(this, { attempts, firstFailedAt, nextAttemptAt });
    const failure = { attempts, firstFailedAt, nextAttemptAt, lastError: error };
    if (!(await this.parts.webhooks.failed(this.holder(), failure))) this.stop();
  }

  /** Resellers are only told which dates to ask for again, so all that is left will do. */
  private async expired({ why }: CursorExpired): Promise<void> {
    if (this.webhook.reseller === null) return this.end('failing', `${why} Replay it from "oldest" or "now".`);
    const oldest = changeCursor(await this.parts.feed.begin('oldest'));
    if (!(await this.parts.webhooks.moveOn(this.holder(), oldest))) this.stop();
    this.taken.clear();
    this.moveOn(oldest);
  }

  private async end(state: 'failing' | 'disabled', reason: string): Promise<void> {
    const held = await this.parts.webhooks.end(this.holder(), state, reason);
    if (held) this.logger.warn(`webhook ${this.webhook.id} is ${state}: ${reason}`);
    this.stop();
  }

  private holder() {
    return { id: this.webhook.id, by: this.parts.by, revision: this.webhook.revision };
  }

  /** Or until it is stopped. */
  private async pause(ms: number): Promise<void> {
    await pause(ms, this.stopping.signal);
  }
}
