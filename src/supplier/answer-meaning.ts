import { answerAge } from './answer-age.js';
import { movedTo, notAList, notTheApi, ownWords, refused, statusText, wantsCredentials } from './answer-details.js';
import { saysNoAvailability } from './no-availability.js';
import { isObject } from './own-words.js';
import { seenAnswer, type Reading, type ReceivedAnswer, type SeenAnswer } from './seen-answer.js';
import type { FailureKind } from '../inventory/index.js';
import type { SupplierWait } from './supplier-client.js';
import { SupplierFailure, SupplierRefusal } from './supplier-error.js';

/** Either a body to read, and a wait after it; or the reason why there is none. */
export type Meaning = BodyMeaning | SupplierFailure | SupplierRefusal;

export interface BodyMeaning {
  readonly body: string;
  readonly wait: SupplierWait | null;
}

type Row = readonly [when: (seen: SeenAnswer) => boolean, meaning: (seen: SeenAnswer) => Meaning];

/** The meaning of an answer: the first row that matches. */
const TABLE: readonly Row[] = [
  [({ refuses }) => refuses, (seen) => new SupplierRefusal(seen.wait?.until ?? seen.now, refused(seen))],
  // It broke off.
  [({ unreadable }) => unreadable !== null && unreadable.kind !== 'bad_answer', unreadableBody],
  [({ status }) => status >= 300 && status < 400, failure('moved', movedTo)],
  [({ status }) => status === 407, failure('not_the_api', ({ proxy }) => wantsCredentials(proxy))],
  [({ status }) => status >= 500, failure('supplier_error')],
  // Most servers answer an unknown path with a page.
  [({ html, status }) => html && status !== 404 && status !== 410, failure('not_the_api', notTheApi)],
  [({ status }) => status === 204 || status === 205, failure('no_availability')],
  [({ status, unreadable, body }) => status === 200 && !unreadable && body.trim() === '', failure('no_availability')],
  [({ status, json }) => status === 200 && saysNoAvailability(json), failure('no_availability')],
  [({ status }) => status === 404, failure('not_found')],
  [({ status }) => status === 410, failure('gone')],
  [({ status }) => status === 401 || status === 403, failure('unauthorized')],
  [({ status }) => status >= 400, failure('rejected')],
  [({ status }) => status !== 200, failure('bad_answer')],
  [({ unreadable }) => unreadable !== null, unreadableBody],
];
const NO_LIST: Row = [(seen) => isObject(seen.json) && ownWords(seen) !== '', failure('bad_answer', notAList)];

/** All quoted parts of the answer are masked before they are shortened. */
export function answerMeaning(answer: ReceivedAnswer, reading: Reading): Meaning {
  return meaningBy([...TABLE, NO_LIST], seenAnswer(answer, reading));
}

/** The same where one object is expected, and no list. */
export function objectMeaning(answer: ReceivedAnswer, reading: Reading): Meaning {
  return meaningBy(TABLE, seenAnswer(answer, reading));
}

function meaningBy(table: readonly Row[], seen: SeenAnswer): Meaning {
  const row = table.find(([when]) => when(seen));
  return row ? row[1](seen) : { body: seen.body, wait: seen.wait };
}

function failure(kind: FailureKind, detail: (seen: SeenAnswer) => string = statusText): Row[1] {
  return (seen) => new SupplierFailure(kind, detail(seen), seen.wait, answerAge(seen.now, seen.header));
}

function unreadableBody({ unreadable, wait }: SeenAnswer): SupplierFailure {
  return new SupplierFailure(unreadable?.kind ?? 'bad_answer', unreadable?.detail ?? 'the body can’t be read', wait);
}
