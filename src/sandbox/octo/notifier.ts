import { type AvailabilityUpdate, availabilityUpdates, type ChangedDay } from './availability-update.js';
import { AVAILABILITY_UPDATE } from './subscription-body.js';
import type { Subscription, Subscriptions } from './subscriptions.js';
import type { TruthChanges } from './truth-changes.js';

/** Days that are compared at a time, so that a large catalogue holds up no request for long. */
const DAYS_AT_A_TIME = 100;

/** A subscriber that takes longer misses what has changed this time. */
const TIMEOUT_MS = 2000;

/** Posts what has changed to who has subscribed. What fails is not repeated. */
export class Notifier {
  private posting: Promise<void> = Promise.resolve();
  private isPosting = false;
  private running: { timer: NodeJS.Timeout; stopped: AbortController } | undefined;

  constructor(
    private readonly changes: TruthChanges,
    private readonly subscriptions: Subscriptions,
    private readonly everyMs: number,
  ) {}

  start(): void {
    const timer = setInterval(() => this.look(), this.everyMs).unref();
    this.running = { timer, stopped: new AbortController() };
  }

  async stop(): Promise<void> {
    clearInterval(this.running?.timer);
    this.running?.stopped.abort();
    this.running = undefined;
    await this.posting;
  }

  /** Resolves when everything that has changed until now was posted. */
  async notifyNow(): Promise<void> {
    await this.posting;
    if (this.isSubscribed()) this.post(this.changes.all());
    else this.changes.restart();
    await this.posting;
  }

  private look(): void {
    if (this.isPosting) return;
    if (this.isSubscribed()) this.post(this.changes.next(DAYS_AT_A_TIME));
    else this.changes.restart();
  }

  private isSubscribed(): boolean {
    return this.subscriptions.list().length > 0;
  }

  private post(days: readonly ChangedDay[]): void {
    const updates = availabilityUpdates(days);
    if (updates.length === 0) return;
    const subscribers = this.subscriptions
      .list()
      .filter((each) => each.notificationTypes.includes(AVAILABILITY_UPDATE));
    const stopped = this.running?.stopped.signal ?? AbortSignal.abort();
    this.isPosting = true;
    this.posting = Promise.all(subscribers.map((each) => postAll(each, updates, stopped))).then(() => {
      this.isPosting = false;
    });
  }
}

async function postAll(to: Subscription, updates: readonly AvailabilityUpdate[], stopped: AbortSignal): Promise<void> {
  try {
    for (const update of updates) await postOne(to, update, stopped);
  } catch {
    // It misses the rest too: one that hangs would hold up the others for each of them.
  }
}

async function postOne(
  { url, headers }: Subscription,
  update: AvailabilityUpdate,
  stopped: AbortSignal,
): Promise<void> {
  // A timer of its own: nothing would hold an `AbortSignal.timeout` that is only combined with another.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), TIMEOUT_MS);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(update),
      // Followed, it could lead to another machine.
      redirect: 'manual',
      signal: AbortSignal.any([stopped, late.signal]),
    });
    await answer.body?.cancel();
  } finally {
    clearTimeout(timer);
  }
}
