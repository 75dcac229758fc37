import type { Tier } from '../../config/index.js';
import { addDays, daysBetween, localDateAt, startOfDate, type LocalDate } from '../../time/index.js';

/** When one day reaches the max age of its tier, and when to fetch it before that. */
export interface Deadline {
  /** From then on the day is older than the max age of its tier; at the latest when its date is over. */
  readonly staleAfter: Date;
  /** When to fetch it again in order to keep the max age; null: not before the date is over. */
  readonly dueAt: Date | null;
}

/** A day is due this much (a fraction of its max age) before it reaches it, which leaves time for the queue and the answer. */
const SLACK_SHARE = 0.1;
const MOST_SLACK_MS = 120_000;
/** Nothing is to get older than 96 hours; a day enters the max-age lane a little before. */
export const MAX_AGE_LANE_MS = 3.6 * 86_400_000;

/** The tier of a day while its date lies `lead` days ahead; undefined: it is not mirrored. */
export function tierOf(lead: number, tiers: readonly Tier[]): Tier | undefined {
  return lead < 0 ? undefined : tiers.find((tier) => lead < tier.days);
}

/**
 * When a day confirmed at `confirmedAt` exceeds the max age of its tier. The tier depends on the lead, which changes at local
 * midnights. So a day within the max age of one tier may be overdue the moment it enters the next.
 * @param requestedAt when the request was sent, if the answer is older than that
 */
export function deadlineOf(
  date: LocalDate,
  confirmedAt: Date,
  zone: string,
  tiers: readonly Tier[],
  requestedAt = confirmedAt,
): Deadline {
  const over = startOfDate(addDays(date, 1), zone);
  let lead = daysBetween(localDateAt(confirmedAt, zone), date);
  // Beyond the last tier there is no max age. It begins when the day enters the window.
  lead = Math.min(lead, (tiers.at(-1)?.days ?? 0) - 1);
  // Nothing that is mirrored may get older than 96 hours, whatever its tier allows.
  const last = Math.max(startOfDate(addDays(date, -lead), zone).getTime(), confirmedAt.getTime() + MAX_AGE_LANE_MS);
  for (; lead >= 0; lead--) {
    const tier = tierOf(lead, tiers);
    if (!tier) break;
    const begins = startOfDate(addDays(date, -lead), zone);
    const ends = lead === 0 ? over : startOfDate(addDays(date, 1 - lead), zone);
    const breaks = new Date(Math.max(begins.getTime(), confirmedAt.getTime() + tier.maxAgeMs));
    if (breaks >= ends) continue;
    const due = earlier(new Date(Math.min(breaks.getTime(), last)), tier);
    return { staleAfter: breaks, dueAt: notAtOnce(due, requestedAt, tier) };
  }
  return { staleAfter: over, dueAt: inLane(confirmedAt, over) };
}

/** Nothing may get older than 96 hours, also where the tier allows more than is left of the date. */
function inLane(confirmedAt: Date, over: Date): Date | null {
  const last = new Date(confirmedAt.getTime() + MAX_AGE_LANE_MS);
  return last < over ? last : null;
}

function earlier(breaks: Date, { maxAgeMs }: Tier): Date {
  return new Date(breaks.getTime() - Math.min(maxAgeMs * SLACK_SHARE, MOST_SLACK_MS));
}

/** An answer that was already old when it came (from a cache in between) would be as old if fetched again at once. */
function notAtOnce(dueAt: Date, requestedAt: Date, { maxAgeMs }: Tier): Date {
  return new Date(Math.max(dueAt.getTime(), requestedAt.getTime() + Math.min(maxAgeMs, MAX_AGE_LANE_MS) / 2));
}

/** After its last start the max age of a day is this many times longer, but not over an hour (unless the tier's is longer). */
const EVENING_FACTOR = 4;
const EVENING_MOST_MS = 3_600_000;

export interface LastDay {
  readonly date: LocalDate;
  readonly confirmedAt: Date;
  readonly requestedAt: Date;
  /** From when nobody can book it any more, as far as known. */
  readonly over: Date;
  readonly zone: string;
  readonly tiers: readonly Tier[];
}

/**
 * The deadline of a day that nobody can book any more when it reaches its max age. Slots may still be added, so it is
 * fetched from time to time until its date is over. Nobody reads it in the meantime, so it counts as stale only from then.
 */
export function afterLastStart(
  deadline: Deadline,
  { date, confirmedAt, requestedAt, over, zone, tiers }: LastDay,
): Deadline {
  const today = tierOf(0, tiers);
  if (!today || deadline.staleAfter < over) return deadline;
  const { maxAgeMs } = today;
  const age = Math.max(maxAgeMs, Math.min(maxAgeMs * EVENING_FACTOR, EVENING_MOST_MS));
  const ends = startOfDate(addDays(date, 1), zone);
  const breaks = new Date(Math.max(deadline.staleAfter.getTime(), confirmedAt.getTime() + age));
  return breaks < ends
    ? { staleAfter: breaks, dueAt: notAtOnce(earlier(breaks, today), requestedAt, today) }
    : { staleAfter: ends, dueAt: inLane(confirmedAt, over) };
}

/** How much later each further date is first due, milliseconds. */
const FIRST_DUE_STEP_MS = 300_000;

/**
 * The first due time of a day that was never fetched. If the budget allows, all such days may be fetched at once. If not,
 * this orders them: first the nearest date of all experiences, then the next one, and as time passes, in between, near dates
 * again that reach their max age. So a large catalogue fills while today stays fresh.
 */
export function firstDueAt(openedAt: Date, lead: number): Date {
  return new Date(openedAt.getTime() + lead * FIRST_DUE_STEP_MS);
}
