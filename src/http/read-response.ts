import type { LocalDate } from '../time/index.js';

/** What a response shows: a date of an experience, or (null) its calendar. */
export interface ReadSubject {
  readonly supplier: string;
  readonly experienceId: number;
  readonly date: LocalDate | null;
  /** IANA, where the experience is. */
  readonly zone: string;
}

/** The content of a public read, and how fresh it is. */
export interface ReadResponse {
  /** What it shows. One read of it is shared out among all. */
  readonly about: readonly ReadSubject[];
  /** JSON text, or its bytes. */
  readonly body: string | Buffer;
  /** Identifies the content, not the time of its confirmation. */
  readonly tag: string;
  readonly staleAfter: Date | null;
  /** When the content last changed; null: not known. */
  readonly changedAt: Date | null;
  /**
   * The same, but also counting what changes by the clock (a slot closes, a date ends) or by a failure. Absent: not known, so a
   * client that asks with `If-Modified-Since` gets the content.
   */
  readonly modifiedAt?: Date | null;
  /** False: part of it was never fetched. */
  readonly complete: boolean;
  /** It is past its max age and is not being refreshed: the sync is paused. */
  readonly paused?: boolean;
  /** It is not what it should be and says so: no cache may keep it for long, nor show it after it expired. */
  readonly degraded?: boolean;
  /** When it changes by the clock alone (a slot starts, a date ends), epoch milliseconds. */
  readonly changesAt?: number;
  /** Raw header pairs of this content alone. */
  readonly headers?: readonly string[];
  /** Until when our own cache may serve it, unless it is invalidated before; epoch milliseconds. */
  readonly until: number;
}

/** No cache keeps a response for longer, however fresh: the mirror may learn of a change at any moment. */
const LONGEST_LIFE_SECONDS = 60;
/** The same for a response that is still incomplete. */
const INCOMPLETE_LIFE_SECONDS = 5;
/** The same for a degraded one. */
const DEGRADED_LIFE_SECONDS = 5;
/** For how long a cache may serve an expired response while it revalidates it. */
const REVALIDATE_SECONDS = 60;

/** The headers that depend on the content only, whenever it is sent. */
export function validatorsOf({
  tag,
  changedAt,
  modifiedAt = changedAt,
  paused,
  degraded = false,
}: Pick<ReadResponse, 'tag' | 'changedAt' | 'modifiedAt' | 'paused' | 'degraded'>): Record<string, string> & {
  readonly etag: string;
} {
  return {
    etag: `W/"${tag}"`,
    vary: 'accept-encoding',
    // When a failure ends the content is another one, though nothing of the day has changed since that date.
    ...(modifiedAt && !degraded ? { 'last-modified': modifiedAt.toUTCString() } : {}),
    ...(paused ? { 'sync-state': 'paused' } : {}),
  };
}

export function cacheControl(seconds: number, degraded = false): string {
  if (degraded) return `public, max-age=${seconds}, must-revalidate`;
  return `public, max-age=${seconds}, stale-while-revalidate=${REVALIDATE_SECONDS}`;
}

/** How long a cache may keep the response: until it is stale, at most a minute; whole seconds. */
export function lifeSeconds(
  response: Pick<ReadResponse, 'staleAfter' | 'complete' | 'degraded' | 'changesAt'>,
  now: Date,
): number {
  const { staleAfter, complete, degraded = false, changesAt = Infinity } = response;
  if (degraded) return DEGRADED_LIFE_SECONDS;
  if (!staleAfter) return 0;
  const longest = complete ? LONGEST_LIFE_SECONDS : INCOMPLETE_LIFE_SECONDS;
  return Math.min(
    longest,
    Math.max(0, Math.floor((Math.min(staleAfter.getTime(), changesAt) - now.getTime()) / 1_000)),
  );
}
