/**
 * How far a subscription is:
 * - `not_offered`: the supplier sends no notifications
 * - `offered`: it does; look whether it has a subscription of ours
 * - `absent`: it has none
 * - `subscribed`: it has one
 */
export type Stage = 'not_offered' | 'offered' | 'absent' | 'subscribed';

/** What is known of the subscription at one supplier. */
export interface Subscription {
  /** The supplier's. */
  readonly id: string | null;
  /** A digest of the address that it was last set up for; null: for none. */
  readonly address: string | null;
  /** Null: nothing is known. */
  readonly stage: Stage | null;
  /** Since when its state is what it is. */
  readonly since: Date | null;
  /** When the next request for it may be sent; null: at once. */
  readonly dueAt: Date | null;
  /** Requests that failed in a row. */
  readonly failures: number;
  /** Why the last one failed; null: it did not. */
  readonly error: string | null;
}

/** The next request. */
export type Step = 'discover' | 'find' | 'check' | 'subscribe' | 'unsubscribe';

/** What the supplier answered. */
export interface StepAnswer {
  readonly step: Step;
  /** Of `find` and `subscribe`. */
  readonly id?: string | null;
  /** Of `discover` and `check`: whether it is so. Of `find`: whether the supplier lists subscriptions. */
  readonly yes?: boolean;
}

export interface FailedStep {
  readonly step: Step;
  readonly detail: string;
}

export type SubscriptionState = 'pending' | 'not_offered' | 'subscribed' | 'failing';

const HOUR_MS = 3_600_000;
/** How often it is checked that the supplier still has it. */
const CHECK_MS = HOUR_MS;
/** How often a supplier without notifications is asked for them again. */
const DISCOVER_MS = 24 * HOUR_MS;
const FIRST_RETRY_MS = 30_000;
/** After so many failures in a row a subscription that is not needed any more is left to the supplier. */
const MOST_FAREWELLS = 5;

/** @param address a digest of the address that should be subscribed; null: none should. @returns null: nothing is left to do */
export function nextStep({ id, address: known, stage }: Subscription, address: string | null): Step | null {
  if (id !== null && known !== address) return 'unsubscribe';
  if (address === null) return null;
  if (known !== address || stage === null || stage === 'not_offered') return 'discover';
  if (stage === 'offered') return 'find';
  return stage === 'absent' || id === null ? 'subscribe' : 'check';
}

export function isDue({ dueAt }: Pick<Subscription, 'dueAt'>, now: Date): boolean {
  return dueAt === null || dueAt <= now;
}

/** After a step that the supplier answered. */
export function afterAnswer(
  before: Subscription,
  { step, id = null, yes = true }: StepAnswer,
  address: string | null,
  now: Date,
): Subscription {
  const known = { id: before.id, address, failures: 0, error: null };
  const gone = { ...known, id: null };
  const next = (): Omit<Subscription, 'since'> => {
    switch (step) {
      case 'discover':
        return yes
          ? { ...known, stage: 'offered', dueAt: null }
          : { ...known, stage: 'not_offered', dueAt: later(now, DISCOVER_MS) };
      case 'find':
        // One that the supplier neither shows nor lists may be there: another one would bring each notification twice.
        if (!yes && before.id !== null) return { ...known, stage: 'subscribed', dueAt: later(now, CHECK_MS) };
        return id === null
          ? { ...gone, stage: 'absent', dueAt: null }
          : { ...known, id, stage: 'subscribed', dueAt: later(now, CHECK_MS) };
      case 'check':
        return yes
          ? { ...known, stage: 'subscribed', dueAt: later(now, CHECK_MS) }
          : { ...known, stage: 'offered', dueAt: null };
      case 'subscribe':
        return { ...known, id, stage: 'subscribed', dueAt: later(now, CHECK_MS) };
      case 'unsubscribe':
        return { ...gone, address: null, stage: null, dueAt: null };
    }
  };
  return withSince(before, next(), now);
}

/** After a step that failed. Retried after half a minute, and after twice as long each time, up to an hour. */
export function afterFailure(
  before: Subscription,
  { step, detail }: FailedStep,
  address: string | null,
  now: Date,
): Subscription {
  const failures = before.failures + 1;
  if (step === 'unsubscribe' && failures >= MOST_FAREWELLS) return afterAnswer(before, { step }, null, now);
  const dueAt = later(now, Math.min(HOUR_MS, FIRST_RETRY_MS * 2 ** (failures - 1)));
  const isKept = step === 'unsubscribe' || before.address === address;
  const known = isKept ? before : { ...before, address, stage: null };
  // The supplier may have it all the same: it is looked for before another one is made.
  const stage = isKept && step === 'subscribe' ? 'offered' : known.stage;
  return withSince(before, { ...known, stage, failures, error: detail, dueAt }, now);
}

/** After a refusal: the budget waits, and the step is no failure. */
export function afterRefusal(before: Subscription, until: Date): Subscription {
  return { ...before, dueAt: until };
}

export function stateOf({ stage, failures }: Pick<Subscription, 'stage' | 'failures'>): SubscriptionState {
  if (failures > 0) return 'failing';
  return stage === 'subscribed' || stage === 'not_offered' ? stage : 'pending';
}

function withSince(before: Subscription, next: Omit<Subscription, 'since'>, now: Date): Subscription {
  const isSame = before.since !== null && stateOf(before) === stateOf(next);
  return { ...next, since: isSame ? before.since : now };
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
