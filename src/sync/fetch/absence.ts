/** Failures in a row after which a product is held. */
export const HELD_AFTER = 3;
/** A product that is not found on some dates may only be closed there: a week, and one more. Where slots are known, not. */
export const NOT_FOUND_HELD_AFTER = 8;

/** For so long is a product not believed that listed what it had said is not there. */
export const DISBELIEVED_MS = 3_600_000;

export function believesAbsence({ refutedAt }: { readonly refutedAt: Date | null }, now: Date): boolean {
  return refutedAt === null || now.getTime() - refutedAt.getTime() > DISBELIEVED_MS;
}

/** What "not found" means for a day. */
export type Absence =
  | 'closed' // a second time, and the product answered in between: there is nothing on that date
  | 'unconfirmed' // for the first time, of a product that answers: it may be closed on that date
  | 'failed'; // of a product that does not answer otherwise: it is not there

/** How recent the last list has to be for a product to count as one that answers. */
const ANSWERS_WITHIN_MS = 86_400_000;

/**
 * "Not found" is how some suppliers write "closed on that date", and how others write "no such product". A product that is
 * gone answers no other date, so a date is believed closed when the product answered after the date was first not found. One
 * that comes and goes answers in between too: it is found out as soon as it lists a date that was not found before.
 */
export function absenceOf(
  product: { readonly failures: number; readonly answeredAt: Date | null; readonly refutedAt: Date | null },
  day: { readonly closed: boolean; readonly wasOpen: boolean; readonly emptySeenAt: Date | null },
  now: Date,
): Absence {
  const { answeredAt, failures } = product;
  if (day.closed) return 'closed';
  if (!believesAbsence(product, now)) return 'failed';
  if (answeredAt === null || now.getTime() - answeredAt.getTime() > ANSWERS_WITHIN_MS) return 'failed';
  if (day.emptySeenAt !== null && answeredAt > day.emptySeenAt) return 'closed';
  return failures + 1 < (day.wasOpen ? HELD_AFTER : NOT_FOUND_HELD_AFTER) ? 'unconfirmed' : 'failed';
}
