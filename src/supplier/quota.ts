/** How many requests the supplier says that it still takes, until when. */
export interface SupplierQuota {
  /** Requests, 0 or more. */
  readonly remaining: number;
  /** When it begins anew. */
  readonly resetAt: Date;
}

/** By lower-case name; undefined or null where there is none. */
export type HeaderReader = (name: string) => unknown;

/** A quota that begins anew further away than this is not one that a mirror could plan with, or not a number of seconds. */
const FURTHEST_MS = 86_400_000;
const MOST_REMAINING = 1_000_000_000;
/** From here on a number is an instant and not a number of seconds: 2001 in epoch seconds, and in epoch milliseconds. */
const EPOCH_SECONDS_FROM = 1e9;
const EPOCH_MS_FROM = 1e12;

/**
 * What an answer tells of the supplier's quota, by whichever of these it sends; what cannot be is as if it were not sent.
 * - `RateLimit: "default";r=50;t=30` (draft-ietf-httpapi-ratelimit-headers-08 and later: a list, one item per policy)
 * - `RateLimit: limit=100, remaining=50, reset=30` (the same, -07)
 * - `RateLimit-Remaining`, `RateLimit-Reset` (the same, up to -06): `reset` is in seconds from now
 * - `X-RateLimit-Remaining`, `X-RateLimit-Reset`, or `X-Rate-Limit-…` (by custom): seconds from now, or an instant in epoch
 *   seconds or milliseconds
 */
export function quotaOf(now: Date, header: HeaderReader): SupplierQuota | null {
  const usable = (told: readonly ToldQuota[]): SupplierQuota | null =>
    tightest(
      now,
      told.map((each) => quota(now, each)),
    );
  return told(header).reduce<SupplierQuota | null>((found, each) => found ?? usable(each), null);
}

/**
 * Until when the last of the quotas that are used up is so, epoch milliseconds; undefined: none is.
 * @param bare under a refusal: a quota that names its end alone is the one that is used up
 */
export function usedUpUntil(now: Date, header: HeaderReader, bare = false): number | undefined {
  const ends = told(header)
    .flat()
    .filter(({ remaining }) => (decimal(remaining) ?? (bare ? 0 : undefined)) === 0)
    .map(({ reset }) => resetInstant(now, decimal(reset)));
  return ends.reduce((latest, end) => (end !== undefined && end > (latest ?? 0) ? end : latest), undefined);
}

/** As it was sent. */
interface ToldQuota {
  readonly remaining: unknown;
  readonly reset: unknown;
}

/** What each kind of header tells, the standard ones first. */
function told(header: HeaderReader): readonly (readonly ToldQuota[])[] {
  return [
    rateLimitItems(header('ratelimit')),
    [{ remaining: header('ratelimit-remaining'), reset: header('ratelimit-reset') }],
    [{ remaining: header('x-ratelimit-remaining'), reset: header('x-ratelimit-reset') }],
    [{ remaining: header('x-rate-limit-remaining'), reset: header('x-rate-limit-reset') }],
  ];
}

/** The items of a `RateLimit` field of either draft. Only the two numbers are looked at, so names need not be understood. */
function rateLimitItems(field: unknown): ToldQuota[] {
  if (typeof field !== 'string') return [];
  // A policy's name may hold any of the separators.
  const unnamed = field.replaceAll(/"(?:[^"\\]|\\.)*"/g, 'name');
  const members = unnamed.split(',').map((member) => parametersOf(member.split(';')));
  const whole = parametersOf(unnamed.split(','));
  return [
    ...members.map((of) => ({ remaining: of.get('r'), reset: of.get('t') })),
    { remaining: whole.get('remaining'), reset: whole.get('reset') },
  ];
}

function parametersOf(parts: readonly string[]): Map<string, string> {
  return new Map(
    parts.map((part) => {
      const [key = '', ...value] = part.split('=');
      return [key.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
}

/** Of several quotas all hold: the one that leaves the longest time for each request. */
function tightest(now: Date, quotas: readonly (SupplierQuota | null)[]): SupplierQuota | null {
  const share = ({ remaining, resetAt }: SupplierQuota): number => (resetAt.getTime() - now.getTime()) / remaining;
  return quotas.reduce((least, each) => (each && (!least || share(each) > share(least)) ? each : least), null);
}

function quota(now: Date, { remaining, reset }: ToldQuota): SupplierQuota | null {
  const count = decimal(remaining);
  const resetMs = resetInstant(now, decimal(reset));
  if (count === undefined || count > MOST_REMAINING || resetMs === undefined) return null;
  if (resetMs <= now.getTime() || resetMs > now.getTime() + FURTHEST_MS) return null;
  return { remaining: Math.floor(count), resetAt: new Date(Math.ceil(resetMs)) };
}

function resetInstant(now: Date, reset: number | undefined): number | undefined {
  if (reset === undefined || reset >= EPOCH_MS_FROM) return reset;
  return reset >= EPOCH_SECONDS_FROM ? reset * 1_000 : now.getTime() + reset * 1_000;
}

/** Not below zero, and nothing beside the number. */
function decimal(text: unknown): number | undefined {
  return typeof text === 'string' && /^\s*\d{1,15}(\.\d{1,6})?\s*$/.test(text) ? Number(text) : undefined;
}
