/** Failures in a row after which a product is held. */
export const HELD_AFTER = 3;
/** The same for "not found" on dates without known slots: a week and one more, because these dates may only be closed. */
export const NOT_FOUND_HELD_AFTER = 8;

/** After a product listed slots of a date that was not found before, its "not found" counts as a failure for this long. */
export const DISTRUSTED_MS = 3_600_000;

export function trustsAbsence({ refutedAt }: { readonly refutedAt: Date | null }, now: Date): boolean {
  return refutedAt === null || now.getTime() - refutedAt.getTime() > DISTRUSTED_MS;
}

/** What "not found" means for a day. */
export type Absence =
  | 'closed' // for the second time, and the product answered in between: it has no slots on that date
  | 'unconfirmed' // for the first time, and the product answers other requests: it may be closed on that date
  | 'failed'; // the product answers no other request: it does not exist

/** A product counts as answering if its last list is no older than this. */
const ANSWERS_WITHIN_MS = 86_400_000;

/**
 * "Not found" means "closed on that date" for some suppliers and "no such product" for others. A product that is gone answers
 * for no date. So a date counts as closed if the product answered after the date was first not found. A product that comes and
 * goes also answers in between. It is detected when it lists a date that was not found before.
 * @param trueAt when the answer was true: a cache may have repeated an earlier one
 */
export function absenceOf(
  product: { readonly failures: number; readonly answeredAt: Date | null; readonly refutedAt: Date | null },
  day: { readonly closed: boolean; readonly wasOpen: boolean; readonly emptySeenAt: Date | null },
  trueAt: Date,
  now: Date,
): Absence {
  const { answeredAt, failures } = product;
  if (day.closed) return 'closed';
  if (!trustsAbsence(product, now)) return 'failed';
  if (answeredAt === null || now.getTime() - answeredAt.getTime() > ANSWERS_WITHIN_MS) return 'failed';
  const { emptySeenAt } = day;
  if (emptySeenAt !== null && answeredAt > emptySeenAt && isSaidAgain(emptySeenAt, trueAt, now)) return 'closed';
  return failures + 1 < (day.wasOpen ? HELD_AFTER : NOT_FOUND_HELD_AFTER) ? 'unconfirmed' : 'failed';
}

/** A supplier that is broken for longer than this is one that has nothing. */
const BROKEN_AT_MOST_MS = 15 * 60_000;
/** Caches state ages in whole seconds, rounded down. */
const AGE_UNIT_MS = 1_000;

/**
 * Whether "no slots" counts as said a second time: by another answer, or by any once the first is so long ago that it is believed. A cache
 * repeats the first one for as long as it keeps it.
 * @param seenAt the first time; null: it is the first
 * @param trueAt when this answer was true
 */
export function isSaidAgain(seenAt: Date | null, trueAt: Date, now: Date): boolean {
  return isAnother(seenAt, trueAt) || isLongAgo(seenAt, now);
}

/**
 * Whether a date is closed of which "no availability" was said twice.
 * @param seenAt the first time
 * @param listedAt the last list of slots for any date of the product; null: none
 * @param trueAt when the second answer was true
 */
export function isEmptyConfirmed(seenAt: Date | null, listedAt: Date | null, trueAt: Date, now: Date): boolean {
  const listed = seenAt !== null && listedAt !== null && listedAt > seenAt;
  return (listed && isAnother(seenAt, trueAt)) || isLongAgo(seenAt, now);
}

function isAnother(seenAt: Date | null, trueAt: Date): boolean {
  return seenAt !== null && trueAt.getTime() - seenAt.getTime() >= AGE_UNIT_MS;
}

function isLongAgo(seenAt: Date | null, now: Date): boolean {
  return seenAt !== null && now.getTime() - seenAt.getTime() >= BROKEN_AT_MOST_MS;
}

/** Whether a cache has repeated what was true before the stored answer. */
export function isOutdated(day: { readonly confirmedAt: Date | null }, trueAt: Date): boolean {
  return day.confirmedAt !== null && trueAt < day.confirmedAt;
}
