/** The number of requests that the supplier says it still accepts, and until when. */
export interface SupplierQuota {
  /** Requests, 0 or more. */
  readonly remaining: number;
  /** When the quota resets. */
  readonly resetAt: Date;
}

/** Returns a header by lower-case name; undefined or null: not sent. */
export type HeaderReader = (name: string) => unknown;

/** A later reset is of no use for pacing, or not a number of seconds. */
const FURTHEST_MS = 86_400_000;
const MOST_REMAINING = 1_000_000_000;
/** From this on a number is an instant and not a number of seconds: 2001 in epoch seconds, and in epoch milliseconds. */
const EPOCH_SECONDS_FROM = 1e9;
const EPOCH_MS_FROM = 1e12;

/**
 * The supplier's quota as reported by one of these headers. Impossible values count as not sent.
 * - `RateLimit: "default";r=50;t=30` (draft-ietf-httpapi-ratelimit-headers-08 and later: a list, one item per policy)
 * - `RateLimit: limit=100, remaining=50, reset=30` (the same, -07)
 * - `RateLimit-Remaining`, `RateLimit-Reset` (the same, up to -06): `reset` is in seconds from now
 * - `X-RateLimit-Remaining`, `X-RateLimit-Reset`, or `X-Rate-Limit-…` (non-standard): seconds from now, or an instant in epoch
 *   seconds or milliseconds
 * - `OCTO-RateLimit-Remaining`, `OCTO-RateLimit-RetryAfter`: seconds until the next request is accepted
 */
export function quotaOf(now: Date, header: HeaderReader): SupplierQuota | null {
  const usable = (reported: readonly ReportedQuota[]): SupplierQuota | null =>
    tightest(
      now,
      reported.map((each) => quota(now, each)),
    );
  return reported(header).reduce<SupplierQuota | null>((found, each) => found ?? usable(each), null);
}

/**
 * When the last of the used-up quotas resets, epoch milliseconds; undefined: none is used up.
 * @param bare for a refusal: a quota that only names its reset counts as used up
 */
export function usedUpUntil(now: Date, header: HeaderReader, bare = false): number | undefined {
  const ends = reported(header)
    .flat()
    .filter(({ remaining }) => (decimal(remaining) ?? (bare ? 0 : undefined)) === 0)
    .map(({ reset }) => resetInstant(now, decimal(reset)));
  return ends.reduce((latest, end) => (end !== undefined && end > (latest ?? 0) ? end : latest), undefined);
}

/** A quota as it was sent. */
interface ReportedQuota {
  readonly remaining: unknown;
  readonly reset: unknown;
}

/** The quotas of each kind of header, the standard ones first. */
function reported(header: HeaderReader): readonly (readonly ReportedQuota[])[] {
  return [
    rateLimitItems(header('ratelimit')),
    [{ remaining: header('ratelimit-remaining'), reset: header('ratelimit-reset') }],
    [{ remaining: header('x-ratelimit-remaining'), reset: header('x-ratelimit-reset') }],
    [{ remaining: header('x-rate-limit-remaining'), reset: header('x-rate-limit-reset') }],
    [{ remaining: header('octo-ratelimit-remaining'), reset: header('octo-ratelimit-retryafter') }],
  ];
}

/** The items of a `RateLimit` field of either draft. Only the two numbers are read, so names do not matter. */
function rateLimitItems(field: unknown): ReportedQuota[] {
  if (typeof field !== 'string') return [];
  // The name of a policy may contain any of the separators.
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

/** All quotas apply, so the one with the longest time per request counts. */
function tightest(now: Date, quotas: readonly (SupplierQuota | null)[]): SupplierQuota | null {
  const share = ({ remaining, resetAt }: SupplierQuota): number => (resetAt.getTime() - now.getTime()) / remaining;
  return quotas.reduce((least, each) => (each && (!least || share(each) > share(least)) ? each : least), null);
}

function quota(now: Date, { remaining, reset }: ReportedQuota): SupplierQuota | null {
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

/** A number of at least zero, without other text. */
function decimal(text: unknown): number | undefined {
  return typeof text === 'string' && /^\s*\d{1,15}(\.\d{1,6})?\s*$/.test(text) ? Number(text) : undefined;
}
