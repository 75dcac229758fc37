/** What kept a list of slots from us. Stable: statuses, metrics and reads name it. */
export const FAILURE_KINDS = [
  // No answer: the supplier is in trouble.
  'timeout', // no whole answer in time
  'unreachable', // no connection, or it broke
  'supplier_error', // it answered that it failed (5xx)
  // An answer, but no list: the request, or what was asked for, is in trouble.
  'unauthorized', // our key is not accepted (401, 403)
  'rejected', // it does not take the request (other 4xx)
  'moved', // it points elsewhere (3xx)
  'not_the_api', // something else answered: a web page, a proxy
  'bad_answer', // what it answered can't be read as a list of slots
  'gone', // the product is no more (410)
  'not_found', // no such product, or no such date (404)
  'no_availability', // it says in another way than by an empty list that there is none (204)
  'not_yet', // it is a mirror, and has not fetched the date so far
] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Kinds that show the supplier itself in trouble; all others were answered, so that it works. */
export const UNANSWERED: readonly FailureKind[] = ['timeout', 'unreachable', 'supplier_error'];

/** Whether the supplier answered. What it answered concerns the product that was asked for, and not the others. */
export function wasAnswered(kind: FailureKind): boolean {
  return !UNANSWERED.includes(kind);
}
