import { parse } from 'lossless-json';

/** A number of JSON that may have more digits than a JavaScript number holds, as it was sent. */
export class SentNumber {
  constructor(readonly text: string) {}
}

const MANY_DIGITS = /\d{16}/;

/**
 * Numbers with 16 digits in a row or more are kept as they were sent. Of equal keys the last one wins.
 * @throws SyntaxError not JSON; RangeError nested deeper than the stack reaches
 */
export function parseLeapJson(body: string): unknown {
  // This is the slow way: some ten times as long, and seldom needed.
  if (!MANY_DIGITS.test(body)) return JSON.parse(body) as unknown;
  return parse(body, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
}

function parseNumber(text: string): number | SentNumber {
  return MANY_DIGITS.test(text) ? new SentNumber(text) : Number(text);
}
