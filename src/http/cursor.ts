import { LARGEST_ID } from '../config/index.js';
import { ApiProblem } from './api-problem.js';

/** Where a list goes on, as clients carry it: opaque, so that it may become something else. */
export function cursorOf(position: bigint | number): string {
  return Buffer.from(`after ${position}`).toString('base64url');
}

const LARGEST = 9_223_372_036_854_775_807n;

/** @returns the position; undefined: from the beginning. @throws ApiProblem INVALID_REQUEST */
export function parseCursor(text: unknown, largest = LARGEST): bigint | undefined {
  if (text === undefined || text === '') return undefined;
  const position =
    typeof text === 'string' ? /^after (\d{1,19})$/.exec(Buffer.from(text, 'base64url').toString())?.[1] : undefined;
  if (position === undefined || BigInt(position) > largest || cursorOf(BigInt(position)) !== text) {
    throw new ApiProblem('INVALID_REQUEST', 'Invalid cursor. Pass `nextCursor` from a previous response unchanged.');
  }
  return BigInt(position);
}

/** @returns the id of the experience behind which a list goes on; 0: from the beginning. @throws ApiProblem INVALID_REQUEST */
export function parseExperienceCursor(text: unknown): number {
  return Number(parseCursor(text, BigInt(LARGEST_ID)) ?? 0);
}

/** How many entries an answer may have at most. @throws ApiProblem INVALID_REQUEST */
export function parseLimit(text: unknown, most: number, otherwise: number): number {
  if (text === undefined) return otherwise;
  const limit = typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (!(limit >= 1 && limit <= most)) {
    throw new ApiProblem('INVALID_REQUEST', `The limit is a whole number from 1 to ${most}.`);
  }
  return limit;
}
