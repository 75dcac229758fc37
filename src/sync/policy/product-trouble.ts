import type { FailureKind } from '../../inventory/index.js';

/**
 * What fails while others are answered is the trouble of its product. Its failing days are tried again one at a time, and a
 * product of which nothing but failures comes is held: none of its days is asked for but one now and then. What it takes for
 * that is no more than its own share of the budget, so no other waits for it.
 */
export interface ProductTrouble {
  /** The last failure. */
  readonly kind: FailureKind;
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

/** Failures in a row after which a product is held. */
const HELD_AFTER = 3;
/** A product that is not found on some dates may only be closed there: a week, and one more. */
const NOT_FOUND_HELD_AFTER = 8;
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

/** The product is not there, as far as the supplier says. */
export const ABSENT: readonly FailureKind[] = ['gone', 'not_found'];

export interface ProductFailure {
  readonly kind: FailureKind;
  readonly detail: string;
  /** The day had failed before: that it fails again tells nothing of the others. */
  readonly again: boolean;
  readonly now: Date;
  /** Uniform in [0, 1). */
  readonly random: number;
}

/** After a request for the product was answered with something that is no list. @param before null: nothing failed so far */
export function afterProductFailure(
  before: ProductTrouble | null,
  { kind, detail, again, now, random }: ProductFailure,
  share: RetryShare,
): ProductTrouble {
  const failures = (before?.failures ?? 0) + (again ? 0 : 1);
  const held = failures >= heldAfter(kind);
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

function standingOf({ kind, held, failures }: Pick<ProductTrouble, 'kind' | 'held' | 'failures'>): Standing {
  if (held) return ABSENT.includes(kind) ? 'absent' : 'held';
  return failures > 0 ? 'doubtful' : 'sound';
}

function heldAfter(kind: FailureKind): number {
  return kind === 'not_found' ? NOT_FOUND_HELD_AFTER : HELD_AFTER;
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
export type Standing = 'absent' | 'held' | 'doubtful' | 'sound';

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
  if (standing === 'doubtful') return least;
  const doubled = (first: number) => first * 2 ** Math.min(retries - 1, 20);
  if (standing === 'absent') return Math.max(least, Math.min(GONE_LONGEST_MS, doubled(GONE_FIRST_MS)));
  return Math.max(least, Math.min(MOST_BETWEEN_MS, doubled(least)));
}

/** So many retries that no further one waits for longer. */
const MANY = 100;

/** The furthest that `retryAt` lies ahead. */
export function longestRetryMs(share: RetryShare): number {
  const longest = [
    ...(['held', 'doubtful'] as const).map((standing) => retryMs(MANY, standing, share)),
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
}

/**
 * After a list of slots came.
 * @returns `forgive`: its failing days are worth another try at once
 */
export function afterList(
  before: ProductTrouble,
  now: Date,
  { failedBefore, refuted }: Listed,
  share: RetryShare,
): { readonly after: ProductTrouble; readonly forgive: boolean } {
  const lately = before.forgivenAt !== null && now.getTime() - before.forgivenAt.getTime() < FORGIVEN_EVERY_MS;
  const forgive = failedBefore || (before.held && !lately);
  const refutedAt = refuted ? now : before.refutedAt;
  const recovered = { failures: 0, held: false, answeredAt: now, restUntil: null, refutedAt };
  if (forgive) return { after: { ...before, ...recovered, retries: 0, retryAt: now, forgivenAt: now }, forgive };
  if (before.failures === 0) return { after: { ...before, ...recovered }, forgive };
  // It is the day and not the product: from now on tried no oftener than such days are.
  return { after: { ...before, ...recovered, retryAt: afterOthers(now, share, 0) }, forgive };
}

/** One such product after the other: what ended for all of them is noticed by the first that is tried. */
function afterOthers(now: Date, share: RetryShare, random: number): Date {
  const one = retryMs(1, 'sound', share);
  const queue = Math.min(share.othersFailing * one, (share.lastRetryAt ?? now).getTime() - now.getTime());
  return new Date(now.getTime() + Math.max(0, queue) + one * (1 + random * SPREAD));
}

/** For so long is a product not believed that listed what it had said is not there. */
export const DISBELIEVED_MS = 3_600_000;

export function believesAbsence({ refutedAt }: Pick<ProductTrouble, 'refutedAt'>, now: Date): boolean {
  return refutedAt === null || now.getTime() - refutedAt.getTime() > DISBELIEVED_MS;
}

/** What "not found" means for a day. */
export type Absence =
  | 'closed' // a second time, and the product answered in between: there is nothing on that date
  | 'doubtful' // for the first time, of a product that answers: it may be closed on that date
  | 'failed'; // of a product that does not answer otherwise: it is not there

/** How recent the last list has to be for a product to count as one that answers. */
const ANSWERS_WITHIN_MS = 86_400_000;

/**
 * "Not found" is how some suppliers write "closed on that date", and how others write "no such product". A product that is
 * gone answers no other date, so a date is believed closed when the product answered after the date was first not found. One
 * that comes and goes answers in between too: it is found out as soon as it lists a date that was not found before.
 */
export function absenceOf(
  product: Pick<ProductTrouble, 'failures' | 'answeredAt' | 'refutedAt'>,
  day: { readonly closed: boolean; readonly emptySeenAt: Date | null },
  now: Date,
): Absence {
  const { answeredAt, failures } = product;
  if (day.closed) return 'closed';
  if (!believesAbsence(product, now)) return 'failed';
  if (answeredAt === null || now.getTime() - answeredAt.getTime() > ANSWERS_WITHIN_MS) return 'failed';
  if (day.emptySeenAt !== null && answeredAt > day.emptySeenAt) return 'closed';
  return failures + 1 < NOT_FOUND_HELD_AFTER ? 'doubtful' : 'failed';
}
