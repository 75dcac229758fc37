import { hash, timingSafeEqual } from 'node:crypto';
import type { NamedKey } from '../config/index.js';

/** A key of which only the digest is kept, with the name of who has it. */
export interface DigestedKey {
  readonly name: string;
  readonly digest: Buffer;
}

function keyDigest(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}

export function digested(keys: readonly NamedKey[]): readonly DigestedKey[] {
  return keys.map(({ name, key }) => ({ name, digest: keyDigest(key) }));
}

/** The key of `Authorization: Bearer <key>`; undefined: the header has another form. */
export function bearerKey(authorization: string): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
}

/** Whose key it is; undefined: nobody's. All keys are compared, each in constant time, whatever the length of what was shown. */
export function keyOwner(shown: string, keys: readonly DigestedKey[]): string | undefined {
  const digest = keyDigest(shown);
  let found: string | undefined;
  for (const { name, digest: known } of keys) if (timingSafeEqual(digest, known)) found = name;
  return found;
}
