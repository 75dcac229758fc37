import { SupplierFailure, SupplierRefusal } from '../../src/supplier/supplier-error.js';
import type { Proxy } from '../../src/config/index.js';
import { secretMask } from '../../src/secrets/index.js';
import { answerMeaning, type Meaning } from '../../src/supplier/answer-meaning.js';

/** When each answer is received. */
export const NOW = new Date('2026-03-02T04:00:00.000Z');
/** The key that was sent. */
export const KEY = 'kQ7-9f8a7b+6c=5d"4e&3f/0123';

export type Headers = Readonly<Record<string, unknown>>;

/** What an answer means whose body is a text, a JSON value, or why there is none. */
export function meaningOf(status: number, body: unknown, headers: Headers = {}, proxy: Proxy | null = null): Meaning {
  const text = typeof body === 'string' || body instanceof SupplierFailure ? body : JSON.stringify(body);
  return answerMeaning(
    { status, header: (name) => headers[name], body: text },
    { now: NOW, mask: secretMask(KEY), proxy },
  );
}

/** `kind: detail`, or how many seconds nobody asks. */
export function told(...answer: Parameters<typeof meaningOf>): string {
  const meaning = meaningOf(...answer);
  if (meaning instanceof SupplierFailure) return meaning.message;
  if (!(meaning instanceof SupplierRefusal)) return `list: ${meaning.body}`;
  return `refused ${(meaning.until.getTime() - NOW.getTime()) / 1_000} s: ${meaning.detail}`;
}
