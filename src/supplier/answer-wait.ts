import type { Mask } from '../secrets/index.js';
import { masked } from './answer-details.js';
import { bodyRetryAfter, rateLimitOf, saidStatus } from './body-wait.js';
import type { HeaderReader } from './quota.js';
import { instantEnd, latestEnd, quotaEnd, refusalEnd, retryAfterEnd } from './refusal-end.js';
import type { SupplierWait } from './supplier-client.js';

/** What an answer says of waiting. */
export interface ToldWait {
  /** The status, or the one that an error under another status says in its body. */
  readonly said: number;
  /** It answers no more than that we shall wait: `wait` is not null. */
  readonly refuses: boolean;
  readonly wait: SupplierWait | null;
  /** The end of `wait` is that of a quota. */
  readonly usedUp: boolean;
}

interface Answer {
  readonly status: number;
  readonly header: HeaderReader;
  readonly json: unknown;
}

/** These say what is to be had: it holds, whatever is wished beside. */
const ANSWERS: readonly number[] = [200, 204, 205];
const USED_UP = 'the supplier said that its quota is used up';

/** A wish to wait counts under each status, and of several the latest end. */
export function toldWait(answer: Answer, { now, mask }: { readonly now: Date; readonly mask: Mask }): ToldWait {
  const said = saidStatus(answer.status, answer.json);
  const asked = latestEnd([retryAfterEnd(now, answer.header), bodyRetryAfter(now, answer.json)]);
  const renewed = latestEnd([quotaEnd(now, answer.header, said === 429), stateEnd(now, said, answer.json)]);
  const named = latestEnd([asked, renewed]);
  const until = said === 429 ? refusalEnd(now, [named]) : named;
  const usedUp = renewed !== null && renewed === until;
  const wait = until && { until, detail: usedUp ? USED_UP : askedToWait(now, answer.header, mask) };
  return { said, refuses: refuses(said, asked, until), wait, usedUp };
}

/** A request that was answered may have been the last of a quota: that refuses only what failed for want of it. */
function refuses(said: number, asked: Date | null, until: Date | null): boolean {
  if (said === 403 || said === 429 || said >= 500) return until !== null;
  return asked !== null && !ANSWERS.includes(said);
}

/** The end in Leap's `rateLimitState`. Where it doesn't say what remains, the status tells whether that is nothing. */
function stateEnd(now: Date, said: number, json: unknown): Date | null {
  const { reset, remaining } = rateLimitOf(json);
  const failed = said === 403 || said >= 500;
  const usedUp = said === 429 || Number(remaining ?? (failed ? 0 : NaN)) === 0;
  return usedUp ? instantEnd(now, reset) : null;
}

/** `the supplier asked to wait, Retry-After: 120` */
function askedToWait(now: Date, header: HeaderReader, mask: Mask): string {
  const value = retryAfterEnd(now, header) && header('retry-after');
  return `the supplier asked to wait${typeof value === 'string' ? `, Retry-After: ${masked(value, mask)}` : ''}`;
}
