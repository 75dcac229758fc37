import type { FailureKind } from '../../inventory/index.js';
import { HELD_AFTER, NOT_FOUND_HELD_AFTER } from './absence.js';
import type { Listed } from './listed.js';

/**
 * A failure while other products are answered is the trouble of its product. Its failing days are tried again one at a time.
 * A product whose requests all fail is held: only one of its days is tried from time to time. The tries take no more than
 * the product's own share of the budget, so that no other product waits for it.
 */
export interface ProductTrouble {
  /** The last failure; `slot_dropped`: a list with unreadable slots. */
  readonly kind: FailureKind | 'slot_dropped';
  readonly detail: string;
  readonly failingSince: Date;
  readonly lastFailedAt: Date;
  /** Days in a row that began to fail, without a list of slots between them. */
  readonly failures: number;
  /** So many failures that only one of its days is tried from time to time. */
  readonly held: boolean;
  /** When one of its failing days may be tried again, and the number of failed tries. */
  readonly retryAt: Date;
  readonly retries: number;
  /** When it last answered with a list; null: unknown. */
  readonly answeredAt: Date | null;
  /** When its failing days were last tried again all at once. */
  readonly forgivenAt: Date | null;
  /** Until then only single tries are sent for it; null: it does not rest. */
  readonly restUntil: Date | null;
  /** When it last listed slots of a date for which it had answered "not found" or empty; null: unknown. */
  readonly refutedAt: Date | null;
}

/** The facts that a product's share of the budget depends on. */
export interface RetryShare {
  /** Other products that are held but not absent, and others with single failing days. */
  readonly othersHeld: number;
  readonly othersFailing: number;
  /** When the last of the others with single failing days is tried again; null: no others. */
  readonly lastRetryAt: Date | null;
  /** Experiences that are mirrored. */
  readonly experiences: number;
  /** Milliseconds between two requests. */
  readonly intervalMs: number;
}

/** The least time between tries of all failing products together, and the most between tries of a held one, milliseconds. */
export const LEAST_BETWEEN_MS = 10_000;
const MOST_BETWEEN_MS = 40_000;
/**
 * Failing products take one request in this many, or their own share if that is more. A product whose other days are answered
 * already uses its share for these.
 */
const REQUESTS_BETWEEN = 20;
/** A product that is gone rarely comes back. It is tried after a minute, then less and less often, down to once an hour. */
const GONE_FIRST_MS = 60_000;
const GONE_LONGEST_MS = 3_600_000;
/** How long a product rests, in requests of its share, until an answer shows whether the day or the product fails. */
const SHARES_OF_REST = 4;
/** The random fraction by which the wait for the next try varies. */
const SPREAD = 0.25;
/** The least time between tries of all failing days of a product at once, unless one of them was answered. */
const FORGIVEN_EVERY_MS = 600_000;
/** Products that began to fail within this time and in the same way have one cause. */
export const ONE_CAUSE_MS = 120_000;

/** Kinds of failure by which the supplier says that the product does not exist any more. */
export const ABSENT: readonly FailureKind[] = ['gone'];

export interface ProductFailure {
  readonly kind: FailureKind;
  readonly detail: string;
  /** The day had failed before, so this failure says nothing about other days. */
  readonly again: boolean;
  /** The day has known slots that can be booked. */
  readonly wasOpen: boolean;
  readonly now: Date;
  /** Uniform in [0, 1). */
  readonly random: number;
}

/** The state of a product after a request for it failed while others are answered. @param before null: no failure so far */
export function afterProductFailure(
  before: ProductTrouble | null,
  { kind, detail, again, wasOpen, now, random }: ProductFailure,
  share: RetryShare,
): ProductTrouble {
  const failures = (before?.failures ?? 0) + (again ? 0 : 1);
  const held = failures >= (kind === 'not_found' && !wasOpen ? NOT_FOUND_HELD_AFTER : HELD_AFTER);
  // The count restarts when the product becomes held, because the tries before were for single days.
  const retries = held && before?.held !== true ? 1 : (before?.retries ?? 0) + 1;
  const condition = conditionOf({ kind, held, failures });
  const wait = retryMs(retries, condition, share);
  return {
    ...{ kind, detail, failures, retries, held },
    failingSince: before && (before.failures > 0 || again) ? before.failingSince : now,
    lastFailedAt: now,
    // Random, so that products that failed together are not tried together.
    retryAt:
      condition === 'sound'
        ? afterOthers(now, share, random)
        : new Date(now.getTime() + wait * (0.75 + random * SPREAD)),
    answeredAt: before?.answeredAt ?? null,
    forgivenAt: before?.forgivenAt ?? null,
    refutedAt: before?.refutedAt ?? null,
    restUntil: new Date(Math.max(before?.restUntil?.getTime() ?? 0, now.getTime() + restMs(share, again))),
  };
}

function conditionOf({
  kind,
  held,
  failures,
}: { readonly kind: FailureKind } & Pick<ProductTrouble, 'held' | 'failures'>): Condition {
  if (held) return ABSENT.includes(kind) ? 'absent' : 'held';
  return failures > 0 ? 'unconfirmed' : 'sound';
}

/**
 * How long a product rests after a failure, with only single tries, milliseconds. If a day began to fail: until another day is
 * tried, which shows whether the day or the product fails. If it failed again: as long as the product's own share of the
 * budget needs to pay for that try.
 */
export function restMs(
  { experiences, intervalMs }: Pick<RetryShare, 'experiences' | 'intervalMs'>,
  again: boolean,
): number {
  return Math.min(MOST_BETWEEN_MS, (again ? 1 : SHARES_OF_REST) * experiences * intervalMs);
}

/** The longest rest of a product. */
export const LONGEST_REST_MS = MOST_BETWEEN_MS;

/**
 * The state of a failing product. `absent` or `held`: it answers for no day. `unconfirmed`: days began to fail, and no other
 * was tried since. `sound`: other days are answered.
 */
export type Condition = 'absent' | 'held' | 'unconfirmed' | 'sound';

/** How long to wait before the next try of a failing product, milliseconds. */
export function retryMs(
  retries: number,
  condition: Condition,
  { othersHeld, othersFailing, experiences, intervalMs }: RetryShare,
): number {
  const isHeld = condition === 'held' || condition === 'absent';
  const products = 1 + (isHeld ? othersHeld : othersFailing);
  const one = Math.max(LEAST_BETWEEN_MS, REQUESTS_BETWEEN * intervalMs);
  if (condition === 'sound') return one;
  const part = one * products;
  const least = Math.max(LEAST_BETWEEN_MS * products, Math.min(part, experiences * intervalMs));
  if (condition === 'unconfirmed') return least;
  const doubled = (first: number) => first * 2 ** Math.min(retries - 1, 20);
  if (condition === 'absent') return Math.max(least, Math.min(GONE_LONGEST_MS, doubled(GONE_FIRST_MS)));
  return Math.max(least, Math.min(MOST_BETWEEN_MS, doubled(least)));
}

/** A number of retries after which the wait does not grow any more. */
const MANY = 100;

/** The furthest that `retryAt` can lie ahead, milliseconds. */
export function longestRetryMs(share: RetryShare): number {
  const longest = [
    ...(['held', 'unconfirmed'] as const).map((condition) => retryMs(MANY, condition, share)),
    (share.othersFailing + 1) * retryMs(MANY, 'sound', share),
  ];
  return Math.max(GONE_LONGEST_MS, ...longest) * (1 + SPREAD);
}

/** The state of a product after a list, and what follows for other days. */
export interface AfterList {
  readonly after: ProductTrouble;
  /** Its failing days are worth another try at once. */
  readonly forgive: boolean;
  /** Its trouble is over, so it may be over for other products too. */
  readonly ended: boolean;
}

/**
 * The state of a product after a list. A day with unreadable slots is tried again like a single failing day. When it becomes
 * complete, the next such day of the product is tried soon, and so on until one does not.
 * @param before null: no failure so far
 */
export function afterList(before: ProductTrouble | null, now: Date, listed: Listed, share: RetryShare): AfterList {
  const known = before ?? wellSince(now);
  const lately = known.forgivenAt !== null && now.getTime() - known.forgivenAt.getTime() < FORGIVEN_EVERY_MS;
  const isWhole = listed.droppedBefore && listed.dropped === null;
  const forgive = listed.failedBefore || (known.held && !lately);
  const ended = forgive || (isWhole && !lately);
  const recovered: ProductTrouble = {
    ...{ ...known, failures: 0, held: false, answeredAt: now, restUntil: null },
    refutedAt: listed.refuted ? now : known.refutedAt,
    // The day fails and not the product, so it is tried only as often as single days are.
    ...(known.failures > 0 && { retryAt: afterOthers(now, share, 0) }),
    ...(isWhole && { retries: 1, retryAt: new Date(now.getTime() + wholeMs(share)) }),
    ...(forgive && { retries: 0, retryAt: now }),
    ...(ended && { forgivenAt: now }),
  };
  return {
    after: listed.dropped === null ? recovered : incomplete(recovered, listed.dropped, now, share),
    forgive,
    ended,
  };
}

/** The share of all requests for products whose days become complete again, together. */
const WHOLE_SHARE = 0.25;

function wholeMs({ othersFailing, intervalMs }: RetryShare): number {
  return Math.min(MOST_BETWEEN_MS, ((1 + othersFailing) * intervalMs) / WHOLE_SHARE);
}

function incomplete(of: ProductTrouble, detail: string, now: Date, share: RetryShare): ProductTrouble {
  const began = of.retries === 0 ? { failingSince: now } : {};
  return {
    ...{ ...of, ...began, kind: 'slot_dropped', detail, lastFailedAt: now },
    ...{ retries: of.retries + 1, retryAt: afterOthers(now, share, 0) },
  };
}

function wellSince(now: Date): ProductTrouble {
  return {
    ...{ kind: 'slot_dropped', detail: '', failingSince: now, lastFailedAt: now, failures: 0, held: false },
    ...{ retryAt: now, retries: 0, answeredAt: now, forgivenAt: null, restUntil: null, refutedAt: null },
  };
}

/** Such products are tried one after the other. If their trouble ends for all of them, the first try shows it. */
function afterOthers(now: Date, share: RetryShare, random: number): Date {
  const one = retryMs(1, 'sound', share);
  const queue = Math.min(share.othersFailing * one, (share.lastRetryAt ?? now).getTime() - now.getTime());
  return new Date(now.getTime() + Math.max(0, queue) + one * (1 + random * SPREAD));
}
