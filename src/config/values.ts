import { Temporal } from '@js-temporal/polyfill';
import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/**
 * How the values of environment variables are written. Each parser throws an Error that says what was wrong and what
 * would be right.
 */

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST = 366 * 24 * 3_600_000;

/** `500ms`, `10s`, `15m`, `4h` → milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,9})(ms|s|m|h)$/.exec(text);
  const ms = match ? Number(match[1]) * (UNITS[match[2] ?? ''] ?? NaN) : NaN;
  if (!(ms > 0 && ms <= LONGEST)) {
    throw new Error(`"${text}" is not a duration; write one like 500ms, 10s, 15m or 4h (more than 0, at most a year)`);
  }
  return ms;
}

/** The largest id a supplier's product may have here (PostgreSQL `integer`). */
export const LARGEST_ID = 2_147_483_647;

/** `14,15` → ids, each once. An empty text is an empty list. */
export function parseIds(text: string): readonly number[] {
  const parts = text.split(',').map((part) => part.trim());
  const ids = parts.filter((part) => part !== '').map((part) => (/^\d{1,10}$/.test(part) ? Number(part) : NaN));
  if (!ids.every((id) => id >= 1 && id <= LARGEST_ID)) {
    throw new Error(`"${text}" is not a list of ids; write whole numbers from 1 to ${LARGEST_ID} like 14,15`);
  }
  return [...new Set(ids)];
}

/** Networks of addresses. */
export type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** `10.0.0.0/8,fd12::/16` → networks. An empty text is an empty list. */
export function parseNetworks(text: string): readonly Network[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      if (!ipaddr.isValidCIDR(part)) throw new Error(`"${part}" is not a network; write one like 10.0.0.0/8`);
      return ipaddr.parseCIDR(part);
    });
}

/** A whole number between `least` and `most`. */
export function parseInteger(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) {
      throw new Error(`"${text}" is not a whole number from ${least} to ${most}`);
    }
    return value;
  };
}

/** `0.2` or `20%` → a share from 0 to 1. */
export function parseShare(text: string): number {
  const match = /^(\d{1,3}(?:\.\d{1,6})?)(%?)$/.exec(text);
  const share = match ? Number(match[1]) / (match[2] ? 100 : 1) : NaN;
  if (!(share >= 0 && share <= 1)) throw new Error(`"${text}" is not a share; write one from 0 to 1, like 0.2 or 20%`);
  return share;
}

const MOST_AUDITS = 0.2;

/** A share of which more than a fifth would take too much from what readers see. */
export function parseAuditShare(text: string): number {
  const share = parseShare(text);
  if (share > MOST_AUDITS)
    throw new Error(`"${text}" is too much; write a share from 0 to ${MOST_AUDITS}, like 0.01 or 1%`);
  return share;
}

/** One of some words. */
export function parseOneOf<T extends string>(...words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) throw new Error(`"${text}" is not known; write ${words.join(' or ')}`);
    return word;
  };
}

/**
 * An IANA zone that this Node knows, under the name that was given: another system may not know the name that Node prefers
 * (Asia/Calcutta for Asia/Kolkata).
 */
export function parseTimeZone(text: string): string {
  try {
    if (/^[+-]/.test(text)) throw new RangeError('an offset is not a zone: it knows no DST');
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId;
  } catch {
    throw new Error(`"${text}" is not a time zone; write an IANA name like Asia/Singapore`);
  }
}

/** Where to listen: an address or a name. `[::]` is `::`, and `*` every address of IPv4, as other servers read it. */
export function parseHost(text: string): string {
  if (text === '*') return '0.0.0.0';
  const host = text.replace(/^\[(.*)\]$/, '$1');
  const isName = host === text && /^(?=.*[a-z_])\w([\w.-]*\w)?\.?$/i.test(host);
  if (!isName && isIP(host) === 0) {
    throw new Error(
      `"${text}" is no place to listen; write an address or a name, like 0.0.0.0, :: or localhost (the port is PORT)`,
    );
  }
  return host;
}

/** Drivers fail on it in words of their own, and only when they connect. */
function assertDecodable(text: string): void {
  try {
    decodeURIComponent(text);
  } catch {
    throw new Error('holds a "%" that is no percent-encoding; write each "%" that stands for itself as "%25"');
  }
}

/** A user, a query and a fragment may hold a key. */
function withoutSecrets(url: string): string {
  return url.replace(/^([a-z]+:\/*)?.*@/is, '$1').replace(/[?#].*$/s, '');
}

/** An absolute http(s) URL, without a slash at its end. */
export function parseHttpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || /[?#]/.test(text)) {
    throw new Error(
      `"${withoutSecrets(text)}" is not the root of an API; write one like https://supplier.example/api/v1`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error(
      `"${withoutSecrets(text)}" has a user before the host, which no supplier's API takes; leave it out`,
    );
  }
  assertDecodable(text);
  return url.href.replace(/\/+$/, '');
}

/** The address under which others reach this service. */
export function parsePublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || /[?#]/.test(text) || url.username !== '') {
    throw new Error(
      `"${withoutSecrets(text)}" is not the address of this service; write one like https://mirror.example`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** A PostgreSQL connection URL. A value that is wrong is not repeated: it may hold a password. */
export function parseDatabaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new Error('this is not a PostgreSQL URL; write one like postgresql://user:password@host:5432/database');
  }
  assertDecodable(text);
  return text;
}

/** A key as it can travel in a header. A key that is wrong is not repeated. */
export function parseKey(least: number): (text: string) => string {
  return (text) => {
    if (!/^[\x21-\x7e]+$/.test(text) || text.length < least) {
      throw new Error(`a key is at least ${least} characters of printable ASCII without spaces`);
    }
    return text;
  };
}

/** A key, and whose it is. */
export interface NamedKey {
  readonly name: string;
  readonly key: string;
}

/** Names that stand for something else in the audit trail. */
const RESERVED_NAMES: readonly string[] = ['schedule'];

/** `alice:key,bob:key` → keys. What is wrong with one is told by its place or name: the text holds secrets. */
export function parseNamedKeys(least: number): (text: string) => readonly NamedKey[] {
  const parse = parseKey(least);
  return (text) => {
    const keys = text.split(',').map((part, i) => {
      const [, name, key] = /^\s*([A-Za-z0-9._-]{1,40}):(\S+)\s*$/.exec(part) ?? [];
      if (name === undefined || key === undefined || RESERVED_NAMES.includes(name)) {
        throw new Error(
          `entry ${i + 1} is not name:key; write alice:key,bob:key, names of letters, digits, ".", "_" and "-" (not "schedule")`,
        );
      }
      try {
        return { name, key: parse(key) };
      } catch (error) {
        throw new Error(`the key of ${name}: ${(error as Error).message}`, { cause: error });
      }
    });
    assertDistinct(keys);
    return keys;
  };
}

function assertDistinct(keys: readonly NamedKey[]): void {
  keys.forEach(({ name, key }, i) => {
    const before = keys.slice(0, i);
    if (before.some((other) => other.name === name))
      throw new Error(`"${name}" has two keys; give each a name of its own`);
    const same = before.find((other) => other.key === key);
    if (same) throw new Error(`${same.name} and ${name} have the same key; the audit could not tell them apart`);
  });
}
