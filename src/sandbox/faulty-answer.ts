import { type Answer, json } from './answer.js';
import type { Fault, PlainFault, StatusFault } from './fault.js';
import type { Spoil } from './spoilt-list.js';

const PAGE = '<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>';

/** What an API does in its own way when something is wrong. */
export interface Dialect {
  /** An error status, switched on. */
  failed: (status: number, now: number) => Answer;
  /** Numbers that can't be, on the first item. */
  absurd: Spoil;
  /** The last item lacks what it can't be read without; all before it look fine. */
  malformed: Spoil;
}

export interface RightAnswer {
  body: () => unknown;
  bodyOfAnotherDate: () => unknown;
  now: number;
}

/** What goes out in place of the right answer. */
export function faultyAnswer(fault: Fault, right: RightAnswer, dialect: Dialect): Answer {
  return fault.kind === 'status' ? otherStatus(fault, right.now, dialect) : SPOILT[fault.kind](right, dialect);
}

const SPOILT: Readonly<Record<PlainFault['kind'], (right: RightAnswer, dialect: Dialect) => Answer>> = {
  latency: ({ body }) => json(200, body()),
  hang: () => ({ ...json(0, null), delivery: 'never' }),
  reset: () => ({ ...json(0, null), delivery: 'reset' }),
  half: ({ body }) => ({ ...json(200, body()), delivery: 'half' }),
  truncated: ({ body }) => truncated(json(200, body())),
  html: () => ({ status: 200, type: 'text/html; charset=utf-8', text: PAGE, delivery: 'whole' }),
  shape: () => json(200, { data: [] }),
  wrongDate: ({ bodyOfAnotherDate }) => json(200, bodyOfAnotherDate()),
  duplicate: ({ body }) => json(200, duplicated(body())),
  absurd: ({ body }, { absurd }) => json(200, absurd(body())),
  malformedSlot: ({ body }, { malformed }) => json(200, malformed(body())),
  empty: () => json(200, []),
};

/** One item twice: the first one, and at the end once more. */
const duplicated: Spoil = (body) =>
  Array.isArray(body) ? [...(body as unknown[]), ...(body as unknown[]).slice(0, 1)] : body;

function otherStatus(fault: StatusFault, now: number, { failed }: Dialect): Answer {
  return fault.body === undefined ? failed(fault.status, now) : json(fault.status, fault.body);
}

function truncated(answer: Answer): Answer {
  return { ...answer, text: answer.text.slice(0, Math.floor(answer.text.length / 2)) };
}
