import type { FailureKind } from '../../inventory/index.js';
import { HELD_AFTER, NOT_FOUND_HELD_AFTER } from './absence.js';

/**
 * What fails while others are answered is the trouble of its product. Its failing days are tried again one at a time, and a
 * product of which nothing but failures comes is held: none of its days is asked for but one now and then. What it takes for
 * that is no more than its own share of the budget, so no other waits for it.
 */
export interface ProductTrouble {
  /** The last failure; `slot_dropped`: a list of which slots could not be read. */
  readonly kind: FailureKind | 'slot_dropped';
  readonly detail: string;
  readonly failingSince: Date;
  readonly lastFailedAt: Date;
  /** Days in a row that began to fail, without a list of slots between them. */
  readonly failures: number;
  /** So many that none of its days is asked for but one now and then. */
  readonly held: boolean;
  /** When one of its failing days may be tried again, and how often that was done in vain. */
  readonly retryAt: Date;
  readonly retries: number;
  /** When it last answered with a list; null: not that we know of. */
  readonly answeredAt: Date | null;
  /** When its failing days were last tried again all at once. */
  readonly forgivenAt: Date | null;
  /** Until then nothing but single tries is asked of it. Null: it does not rest. */
  readonly restUntil: Date | null;
  /** When it last listed slots of a date of which it had said that there is nothing; null: not that we know of. */
  readonly refutedAt: Date | null;
}

/** What a product's share of the budget follows from. */
export interface RetryShare {
  /** Other products that are held though they are not absent, and others of which single days fail. */
  readonly othersHeld: number;
  readonly othersFailing: number;
  /** When the last of these others is tried again; null: there is none. */
  readonly lastRetryAt: Date | null;
  /** Experiences that are mirrored. */
  readonly experiences: number;
  /** Milliseconds between two requests. */
  readonly intervalMs: number;
}

/** All troubled products together are tried no oftener than this, a held one no seldomer than that, milliseconds. */
export const LEAST_BETWEEN_MS = 10_000;
const MOST_BETWEEN_MS = 40_000;
/**
 * Failing products take one request in so many of all, or their own share where that is more. A product of which other days
 * are answered takes its share for these already.
 */
const REQUESTS_BETWEEN = 20;
/** A product that is gone will hardly come back: asked after a minute, then ever seldomer, to once an hour. */
const GONE_FIRST_MS = 60_000;
const GONE_LONGEST_MS = 3_600_000;
/** So long is waited for the answer that tells whether the day or the product fails. */
const SHARES_OF_REST = 4;
/** By such a part may the wait for the next try be longer, by chance. */
const SPREAD = 0.25;
/** Failing days are tried again all at once no oftener than this, unless one of them was answered. */
const FORGIVEN_EVERY_MS = 600_000;
/** Products that began to fail so close together, and alike, have one cause. */
export const ONE_CAUSE_MS = 120_000;

/** The product is not there and will not come back, as far as the supplier says. */
export const ABSENT: readonly FailureKind[] = ['gone'];

export interface ProductFailure {
  readonly kind: FailureKind;
  readonly detail: string;
  /** The day had failed before: that it fails again tells nothing of the others. */
  readonly again: boolean;
  /** The day is known to have slots that can be booked. */
  readonly wasOpen: boolean;
  readonly now: Date;
  /** Uniform in [0, 1). */
  readonly random: number;
}

/** After a request for the product was answered with something that is no list. @param before null: nothing failed so far */
export function afterProductFailure(
  before: ProductTrouble | null,
  { kind, detail, again, wasOpen, now, random }: ProductFailure,
  share: RetryShare,
): ProductTrouble {
  const failures = (before?.failures ?? 0) + (again ? 0 : 1);
  const held = failures >= (kind === 'not_found' && !wasOpen ? NOT_FOUND_HELD_AFTER : HELD_AFTER);
  // Counted anew from when it is held: what was tried in vain before were single days.
  const retries = held && before?.held !== true ? 1 : (before?.retries ?? 0) + 1;
  const standing = standingOf({ kind, held, failures });
  const wait = retryMs(retries, standing, share);
  return {
    ...{ kind, detail, failures, retries, held },
    failingSince: before && (before.failures > 0 || again) ? before.failingSince : now,
    lastFailedAt: now,
    // Of those that failed together not all come back together.
    retryAt:
      standing === 'sound'
        ? afterOthers(now, share, random)
        : new Date(now.getTime() + wait * (0.75 + random * SPREAD)),
    answeredAt: before?.answeredAt ?? null,
    forgivenAt: before?.forgivenAt ?? null,
    refutedAt: before?.refutedAt ?? null,
    restUntil: new Date(Math.max(before?.restUntil?.getTime() ?? 0, now.getTime() + restMs(share, again))),
  };
}

function standingOf({
  kind,
  held,
  failures,
}: { readonly kind: FailureKind } & Pick<ProductTrouble, 'held' | 'failures'>): Standing {
  if (held) return ABSENT.includes(kind) ? 'absent' : 'held';
  return failures > 0 ? 'unconfirmed' : 'sound';
}

/**
 * How long nothing but single tries is asked of a product after a failure, milliseconds. When a day began to fail: until
 * another day was tried, which tells whether it is the day or the product. When it failed again: for as long as its own share
 * of the budget pays for that try, so that no other product does.
 */
export function restMs(
  { experiences, intervalMs }: Pick<RetryShare, 'experiences' | 'intervalMs'>,
  again: boolean,
): number {
  return Math.min(MOST_BETWEEN_MS, (again ? 1 : SHARES_OF_REST) * experiences * intervalMs);
}

/** No product rests for longer. */
export const LONGEST_REST_MS = MOST_BETWEEN_MS;

/**
 * What is known of a failing product: it is `absent` or `held`, and answers for no day; `doubtful`: days began to fail, and no
 * other was tried since; `sound`: other days are answered.
 */
export type Standing = 'absent' | 'held' | 'unconfirmed' | 'sound';

/** How long to wait before the next try of a failing product, milliseconds. */
export function retryMs(
  retries: number,
  standing: Standing,
  { othersHeld, othersFailing, experiences, intervalMs }: RetryShare,
): number {
  const isHeld = standing === 'held' || standing === 'absent';
  const products = 1 + (isHeld ? othersHeld : othersFailing);
  const one = Math.max(LEAST_BETWEEN_MS, REQUESTS_BETWEEN * intervalMs);
  if (standing === 'sound') return one;
  const part = one * products;
  const least = Math.max(LEAST_BETWEEN_MS * products, Math.min(part, experiences * intervalMs));
  if (standing === 'unconfirmed') return least;
  const doubled = (first: number) => first * 2 ** Math.min(retries - 1, 20);
  if (standing === 'absent') return Math.max(least, Math.min(GONE_LONGEST_MS, doubled(GONE_FIRST_MS)));
  return Math.max(least, Math.min(MOST_BETWEEN_MS, doubled(least)));
}

/** So many retries that no further one waits for longer. */
const MANY = 100;

/** The furthest that `retryAt` lies ahead. */
export function longestRetryMs(share: RetryShare): number {
  const longest = [
    ...(['held', 'unconfirmed'] as const).map((standing) => retryMs(MANY, standing, share)),
    (share.othersFailing + 1) * retryMs(MANY, 'sound', share),
  ];
  return Math.max(GONE_LONGEST_MS, ...longest) * (1 + SPREAD);
}

/** The day that a list came for. */
export interface Listed {
  /** It had failed. */
  readonly failedBefore: boolean;
  /** It has slots, and the product had said that there are none. */
  readonly refuted: boolean;
  /** Some slots of the list before this one could not be read. */
  readonly droppedBefore: boolean;
  /** What could not be read of this one; null: all of it could. */
  readonly dropped: string | null;
}

/** What a list did to its product. */
export interface AfterList {
  readonly after: ProductTrouble;
  /** Its failing days are worth another try at once. */
  readonly forgive: boolean;
  /** What was wrong with it is over, so it may be over for others too. */
  readonly ended: boolean;
}

/**
 * After a list came. A day of which slots could not be read is tried again like a single day that fails. When it comes whole,
 * the next one of its product is tried soon, and so on until one does not.
 * @param before null: nothing failed so far
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
    // It is the day and not the product: from now on tried no oftener than such days are.
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

/** All products together whose days come whole again take such a part of the requests. */
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

/** One such product after the other: what ended for all of them is noticed by the first that is tried. */
function afterOthers(now: Date, share: RetryShare, random: number): Date {
  const one = retryMs(1, 'sound', share);
  const queue = Math.min(share.othersFailing * one, (share.lastRetryAt ?? now).getTime() - now.getTime());
  return new Date(now.getTime() + Math.max(0, queue) + one * (1 + random * SPREAD));
}
