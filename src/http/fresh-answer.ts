import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CORS_HEADERS } from './cross-origin.js';
import { headerOf } from './raw-header.js';

/** An answer about the mirror, and how fresh it is. */
export interface FreshAnswer {
  /** JSON text. */
  readonly body: string;
  /** Names the content, not the time of its confirmation. */
  readonly tag: string;
  readonly staleAfter: Date | null;
  /** When the content last changed; null: never known. */
  readonly changedAt: Date | null;
  /**
   * The same with what time alone changed (a slot closed, a date ended), and what went wrong and well again. Absent: not
   * known, so that a client that asks by date (`If-Modified-Since`) is sent the content.
   */
  readonly modifiedAt?: Date | null;
  /** False: something in it is still to be fetched for the first time. */
  readonly complete: boolean;
  /** It is older than promised, and nothing is done about it: the sync is paused. */
  readonly paused?: boolean;
  /** It is not what it should be, and says so: no cache is to keep it for long, nor show it when it has expired. */
  readonly degraded?: boolean;
  /** When it becomes another answer without anybody changing anything (a slot starts, a date ends), epoch milliseconds. */
  readonly changesAt?: number;
}

/** No cache keeps an answer for longer, however fresh: the mirror may learn of a change at any moment. */
const LONGEST_LIFE_SECONDS = 60;
/** The same for an answer that is still filling up. */
const INCOMPLETE_LIFE_SECONDS = 5;
/** The same for one that is not what it should be. */
const DEGRADED_LIFE_SECONDS = 5;
/** For how long a cache may show what has just expired while it asks again. */
const REVALIDATE_SECONDS = 60;

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends the answer with its validators, or 304 where the client has that content already. */
export function sendFresh(request: FastifyRequest, reply: FastifyReply, answer: FreshAnswer, now: Date): void {
  const headers = { ...validatorsOf(answer), 'cache-control': cacheControl(lifeSeconds(answer, now), answer.degraded) };
  for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
  const known = isKnown(answer, headers.etag, request.headers['if-none-match'], request.headers['if-modified-since']);
  if (known) void reply.status(304).send();
  else void reply.header('content-type', JSON_TYPE).send(answer.body);
}

/** Raw headers of every answer that the framework does not see, whatever it is. */
export const DIRECT_HEADERS: readonly string[] = ['x-content-type-options', 'nosniff', ...CORS_HEADERS];

/** The same without the framework. @param more raw header pairs */
export function sendDirectly(
  request: IncomingMessage,
  response: ServerResponse,
  answer: FreshAnswer,
  now: Date,
  more: readonly string[] = [],
): void {
  const validators = validatorsOf(answer);
  const headers = [...DIRECT_HEADERS, ...more, ...Object.entries(validators).flat()];
  headers.push('cache-control', cacheControl(lifeSeconds(answer, now), answer.degraded));
  if (isKnownTo(request, answer, validators.etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  headers.push('content-type', JSON_TYPE, 'content-length', String(Buffer.byteLength(answer.body)));
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : answer.body);
}

/** What tells a client whether it has the content already, whenever it is sent. */
export function validatorsOf({
  tag,
  changedAt,
  modifiedAt = changedAt,
  paused,
}: Pick<FreshAnswer, 'tag' | 'changedAt' | 'modifiedAt' | 'paused'>): Record<string, string> & {
  readonly etag: string;
} {
  return {
    etag: `W/"${tag}"`,
    vary: 'accept-encoding',
    ...(modifiedAt ? { 'last-modified': modifiedAt.toUTCString() } : {}),
    ...(paused ? { 'sync-state': 'paused' } : {}),
  };
}

export function cacheControl(seconds: number, degraded = false): string {
  if (degraded) return `public, max-age=${seconds}, must-revalidate`;
  return `public, max-age=${seconds}, stale-while-revalidate=${REVALIDATE_SECONDS}`;
}

/** How long a cache may keep the answer: as long as its promise holds, at most a minute; whole seconds. */
export function lifeSeconds(answer: Life, now: Date): number {
  const { staleAfter, complete, degraded = false, changesAt = Infinity } = answer;
  if (degraded) return DEGRADED_LIFE_SECONDS;
  if (!staleAfter) return 0;
  const longest = complete ? LONGEST_LIFE_SECONDS : INCOMPLETE_LIFE_SECONDS;
  return Math.min(
    longest,
    Math.max(0, Math.floor((Math.min(staleAfter.getTime(), changesAt) - now.getTime()) / 1_000)),
  );
}

type Life = Pick<FreshAnswer, 'staleAfter' | 'complete' | 'degraded' | 'changesAt'>;

/** Whether the client has that content already, by its raw headers. */
export function isKnownTo(request: IncomingMessage, answer: Modified, etag: string): boolean {
  const tags = headerOf(request, 'if-none-match');
  return isKnown(answer, etag, tags, tags === undefined ? headerOf(request, 'if-modified-since') : undefined);
}

type Modified = Pick<FreshAnswer, 'modifiedAt'>;

/** RFC 9110, 13.2.2: the date counts only where no tag is given; 13.1.3: one that can't be read does not. */
function isKnown({ modifiedAt }: Modified, etag: string, tags: string | undefined, since: string | undefined): boolean {
  if (tags !== undefined) return matches(tags, etag);
  if (!modifiedAt || since === undefined || !HTTP_DATE.test(since)) return false;
  // A date has whole seconds.
  return Math.floor(modifiedAt.getTime() / 1_000) * 1_000 <= Date.parse(since);
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Proxies that compress name their form so: Apache, and what follows it. */
const CODED = /[-;](?:gzip|br|deflate|zstd|gz)"$/;

/** RFC 9110, 13.1.2: weak comparison against a list of tags, or `*`; with what a proxy that compresses adds to a tag. */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return (ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []).some((tag) => {
    const given = tag.replace(/^W\//, '');
    return given === opaque || given.replace(CODED, '"') === opaque;
  });
}
