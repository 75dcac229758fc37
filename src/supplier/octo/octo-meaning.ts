import type { FailureKind } from '../../inventory/index.js';
import { answerMeaning, objectMeaning, type Meaning } from '../answer-meaning.js';
import { isObject } from '../own-words.js';
import type { Reading, ReceivedAnswer } from '../seen-answer.js';
import { SupplierFailure } from '../supplier-error.js';

/**
 * The codes in `error` of a body. The specification sends all of them under status 400. An unknown product or option is
 * `gone` and not `not_found`, which may also mean that a date has no slots.
 */
const KINDS: ReadonlyMap<string, FailureKind> = new Map([
  ['INVALID_PRODUCT_ID', 'gone'],
  ['INVALID_OPTION_ID', 'gone'],
  ['INVALID_SUBSCRIPTION_ID', 'gone'],
  ['UNAUTHORIZED', 'unauthorized'],
  ['FORBIDDEN', 'unauthorized'],
  ['INTERNAL_SERVER_ERROR', 'supplier_error'],
  ['BAD_REQUEST', 'rejected'],
  ['UNPROCESSABLE_ENTITY', 'rejected'],
]);

/** The meaning of an answer that should be a list. */
export function octoListMeaning(answer: ReceivedAnswer, reading: Reading): Meaning {
  return byCode(answer, answerMeaning(answer, reading));
}

/** The meaning of an answer that should be one object. */
export function octoObjectMeaning(answer: ReceivedAnswer, reading: Reading): Meaning {
  const meaning = byCode(answer, objectMeaning(answer, reading));
  if (meaning instanceof Error || kindIn(answer) === undefined) return meaning;
  // Under 200 only the code shows that the object is an error.
  return byCode(answer, answerMeaning(answer, reading));
}

/** Under 5xx the supplier failed, whatever the code. */
function byCode(answer: ReceivedAnswer, meaning: Meaning): Meaning {
  if (!(meaning instanceof SupplierFailure) || answer.status >= 500) return meaning;
  const kind = kindIn(answer);
  return kind === undefined ? meaning : new SupplierFailure(kind, meaning.detail, meaning.wait, meaning.ageMs);
}

function kindIn({ body }: ReceivedAnswer): FailureKind | undefined {
  if (typeof body !== 'string' || !body.trimStart().startsWith('{')) return undefined;
  try {
    const json = JSON.parse(body) as unknown;
    return isObject(json) && typeof json.error === 'string' ? KINDS.get(json.error.trim().toUpperCase()) : undefined;
  } catch {
    return undefined;
  }
}
