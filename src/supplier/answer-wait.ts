import type { Mask } from '../secrets/index.js';
import { masked } from './answer-details.js';
import { bodyRetryAfter, rateLimitOf, saidStatus } from './body-wait.js';
import type { HeaderReader } from './quota.js';
import { instantEnd, latestEnd, quotaEnd, refusalEnd, retryAfterEnd } from './refusal-end.js';
import type { SupplierWait } from './supplier-client.js';

/** The wait that an answer names. */
export interface NamedWait {
  /** The effective status: its own, or that of an error in the body. */
  readonly said: number;
  /** The answer only says to wait; `wait` is then not null. */
  readonly refuses: boolean;
  readonly wait: SupplierWait | null;
  /** `wait` ends with the reset of a quota. */
  readonly usedUp: boolean;
}

interface Answer {
  readonly status: number;
  readonly header: HeaderReader;
  readonly json: unknown;
}

/** Under these the answer is valid, even if it also names a wait. */
const ANSWERS: readonly number[] = [200, 204, 205];
const USED_UP = 'the supplier said that its quota is used up';

/** A named wait counts under every status. Of several the latest end counts. */
export function namedWait(answer: Answer, { now, mask }: { readonly now: Date; readonly mask: Mask }): NamedWait {
  const said = saidStatus(answer.status, answer.json);
  const asked = latestEnd([retryAfterEnd(now, answer.header), bodyRetryAfter(now, answer.json)]);
  const renewed = latestEnd([quotaEnd(now, answer.header, said === 429), stateEnd(now, said, answer.json)]);
  const named = latestEnd([asked, renewed]);
  const until = said === 429 ? refusalEnd(now, [named]) : named;
  const usedUp = renewed !== null && renewed === until;
  const wait = until && { until, detail: usedUp ? USED_UP : waitText(now, answer.header, mask) };
  return { said, refuses: refuses(said, asked, until), wait, usedUp };
}

/** An answered request may have been the last of a quota, so a used-up quota alone is a refusal only under a failure status. */
function refuses(said: number, asked: Date | null, until: Date | null): boolean {
  if (said === 403 || said === 429 || said >= 500) return until !== null;
  return asked !== null && !ANSWERS.includes(said);
}

/** The end in Leap's `rateLimitState`. If it does not say what remains, the status shows whether the quota is used up. */
function stateEnd(now: Date, said: number, json: unknown): Date | null {
  const { reset, remaining } = rateLimitOf(json);
  const failed = said === 403 || said >= 500;
  const usedUp = said === 429 || Number(remaining ?? (failed ? 0 : NaN)) === 0;
  return usedUp ? instantEnd(now, reset) : null;
}

/** `the supplier asked to wait, Retry-After: 120` */
function waitText(now: Date, header: HeaderReader, mask: Mask): string {
  const value = retryAfterEnd(now, header) && header('retry-after');
  return `the supplier asked to wait${typeof value === 'string' ? `, Retry-After: ${masked(value, mask)}` : ''}`;
}
