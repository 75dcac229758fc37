import { type Answer, json } from './answer.js';
import type { Fault, PlainFault, StatusFault } from './fault.js';
import { rateLimitBody } from './rate-limit.js';
import { absurd, duplicated, malformed } from './spoilt-slots.js';

const PAGE = '<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>';

/** How long a 429 without a body of its own asks to wait. */
const STATUS_429_WAIT = 10_000;

export interface RightAnswer {
  slots: unknown;
  slotsOfAnotherDate: () => unknown;
  now: number;
}

/** What goes out in place of the right answer. */
export function faultyAnswer(fault: Fault, right: RightAnswer): Answer {
  return fault.kind === 'status' ? otherStatus(fault, right.now) : SPOILT[fault.kind](right);
}

const SPOILT: Readonly<Record<PlainFault['kind'], (right: RightAnswer) => Answer>> = {
  latency: ({ slots }) => json(200, slots),
  hang: () => ({ ...json(0, null), delivery: 'never' }),
  reset: () => ({ ...json(0, null), delivery: 'reset' }),
  half: ({ slots }) => ({ ...json(200, slots), delivery: 'half' }),
  truncated: ({ slots }) => truncated(json(200, slots)),
  html: () => ({ status: 200, type: 'text/html; charset=utf-8', text: PAGE, delivery: 'whole' }),
  shape: () => json(200, { data: [] }),
  wrongDate: ({ slotsOfAnotherDate }) => json(200, slotsOfAnotherDate()),
  duplicate: ({ slots }) => json(200, duplicated(slots)),
  absurd: ({ slots }) => json(200, absurd(slots)),
  malformedSlot: ({ slots }) => json(200, malformed(slots)),
  empty: () => json(200, []),
};

function otherStatus(fault: StatusFault, now: number): Answer {
  if (fault.body !== undefined) return json(fault.status, fault.body);
  if (fault.status === 429) return json(429, rateLimitBody(now + STATUS_429_WAIT));
  return json(fault.status, { message: `Switched on: status ${fault.status}` });
}

function truncated(answer: Answer): Answer {
  return { ...answer, text: answer.text.slice(0, Math.floor(answer.text.length / 2)) };
}
