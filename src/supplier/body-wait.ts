import { saysNoAvailability } from './no-availability.js';
import { isObject } from './own-words.js';
import { latestEnd, waitedEnd } from './refusal-end.js';

type Json = Readonly<Record<string, unknown>>;

/** The most errors of a list that are read. */
const MOST_ERRORS = 3;

const TOO_MANY = /^\s*(429|(429[ :-]*)?too[ _-]?many[ _-]?requests[.!]?)\s*$/i;
/** `Please try again in 30 seconds.` */
const TRY_AGAIN = /\b(?:try|retry)(?: again)? (?:in|after) (\d{1,6}) ?(s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b/i;
const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };
/** Fields that name the status of an error, in any spelling. */
const STATUS_NAMES = ['status', 'statuscode', 'code', 'errorcode'];
const WORD_NAMES = [...STATUS_NAMES, 'error', 'title', 'message', 'reason'];
const SECONDS_NAMES = ['retryafter', 'retryafterseconds', 'retryaftersecs', 'retryaftersec'];
const MS_NAMES = ['retryafterms', 'retryaftermillis', 'retryaftermilliseconds'];

/**
 * The effective status of an answer: its own, or under 200 that of an error in the body that names one. A 429 in the body
 * counts under any status. Under 200, the body that Leap sends with a 429 also means 429.
 */
export function saidStatus(status: number, json: unknown): number {
  if (!isObject(json) || saysNoAvailability(json)) return status;
  const errors = objectsIn(json);
  if (errors.some(saysTooMany)) return 429;
  if (status !== 200) return status;
  return isStateAlone(json) ? 429 : (errors.flatMap(statusesOf)[0] ?? status);
}

/** When to retry according to the body, by a field like `retry_after`; null: no future instant. */
export function bodyRetryAfter(now: Date, json: unknown): Date | null {
  if (!isObject(json)) return null;
  const objects = [...objectsIn(json), ...[json.rateLimitState].filter(isObject)];
  const seconds = objects.flatMap((each) => valuesOf(each, SECONDS_NAMES));
  const ms = objects.flatMap((each) => valuesOf(each, MS_NAMES)).map((value) => Number(value) / 1_000);
  const words = objects.flatMap((each) => valuesOf(each, WORD_NAMES)).flatMap(saidSeconds);
  return latestEnd([...seconds, ...ms, ...words].map((value) => waitedEnd(now, value)));
}

function saidSeconds(words: string | number): number[] {
  const [, count, unit = ''] = TRY_AGAIN.exec(String(words)) ?? [];
  return count === undefined ? [] : [Number(count) * (UNIT_SECONDS[unit.charAt(0).toLowerCase()] ?? 1)];
}

/** `{"rateLimitState": {"reset": <instant>, "remaining": 0}}` */
export function rateLimitOf(json: unknown): { readonly reset?: unknown; readonly remaining?: unknown } {
  return isObject(json) && isObject(json.rateLimitState) ? json.rateLimitState : {};
}

/** The body itself, and the errors in it. */
function objectsIn(json: Json): Json[] {
  const errors: readonly unknown[] = Array.isArray(json.errors) ? json.errors.slice(0, MOST_ERRORS) : [];
  return [json, json.error, ...errors].filter(isObject);
}

function saysTooMany(error: Json): boolean {
  return valuesOf(error, WORD_NAMES).some((value) => TOO_MANY.test(String(value)));
}

function statusesOf(error: Json): number[] {
  const named = valuesOf(error, STATUS_NAMES).map(Number);
  return named.filter((status) => Number.isInteger(status) && status >= 400 && status < 600);
}

/** The body that Leap sends with a 429: no list beside it, and no remaining requests. */
function isStateAlone(json: Json): boolean {
  const { reset, remaining } = rateLimitOf(json);
  return reset !== undefined && Number(remaining ?? 0) === 0 && !Object.values(json).some(Array.isArray);
}

/** Texts and numbers under one of these names, whether `retryAfter`, `retry_after` or `Retry-After`. */
function valuesOf(object: Json, names: readonly string[]): (string | number)[] {
  const named = Object.entries(object).filter(([name]) => names.includes(name.toLowerCase().replaceAll(/[_-]/g, '')));
  return named.map(([, value]) => value).filter((value) => typeof value === 'string' || typeof value === 'number');
}
