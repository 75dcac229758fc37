import { parse } from 'lossless-json';

/** A JSON number as it was sent. It may have more digits than a JavaScript number can hold. */
export class SentNumber {
  constructor(readonly text: string) {}
}

const MANY_DIGITS = /\d{16}/;

/**
 * Parses JSON. Numbers with 16 or more digits in a row are kept as they were sent. Of equal keys the last one wins.
 * @throws SyntaxError if it is not JSON; RangeError if it is nested too deeply for the stack
 */
export function parseSentJson(body: string): unknown {
  // The code below takes some ten times as long, and is rarely needed.
  if (!MANY_DIGITS.test(body)) return JSON.parse(body) as unknown;
  return parse(body, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
}

function parseNumber(text: string): number | SentNumber {
  return MANY_DIGITS.test(text) ? new SentNumber(text) : Number(text);
}
