import type { Tier } from '../../config/index.js';
import { addDays, daysBetween, localDateAt, startOfDate, type LocalDate } from '../../time/index.js';

/** What the tiers promise about one day. */
export interface Deadline {
  /** From then on the day is older than its tier allows; at the latest when its date is over. */
  readonly staleAfter: Date;
  /** When to ask again so that the promise is kept; null: not before the date is over. */
  readonly dueAt: Date | null;
}

/** A day is asked for this much before its promise breaks, so that there is time for its turn and its answer. */
const SLACK_SHARE = 0.1;
const MOST_SLACK_MS = 120_000;

/** The age that a day may have while its date lies `lead` days ahead; undefined: it is not mirrored. */
export function tierOf(lead: number, tiers: readonly Tier[]): Tier | undefined {
  return lead < 0 ? undefined : tiers.find((tier) => lead < tier.days);
}

/**
 * When a day confirmed at `confirmedAt` breaks the promise of its tier. A tier holds while the date lies so many days
 * ahead as local midnights pass, so a day that ages quietly in one tier may be overdue the moment it enters the next.
 * @param askedAt when it was asked for, where the answer is older than that
 */
export function deadlineOf(
  date: LocalDate,
  confirmedAt: Date,
  zone: string,
  tiers: readonly Tier[],
  askedAt = confirmedAt,
): Deadline {
  const over = startOfDate(addDays(date, 1), zone);
  let lead = daysBetween(localDateAt(confirmedAt, zone), date);
  // While it lies beyond the last tier nothing is promised; that begins with the first day of the window.
  lead = Math.min(lead, (tiers.at(-1)?.days ?? 0) - 1);
  for (; lead >= 0; lead--) {
    const tier = tierOf(lead, tiers);
    if (!tier) break;
    const begins = startOfDate(addDays(date, -lead), zone);
    const ends = lead === 0 ? over : startOfDate(addDays(date, 1 - lead), zone);
    const breaks = new Date(Math.max(begins.getTime(), confirmedAt.getTime() + tier.maxAgeMs));
    if (breaks < ends) return { staleAfter: breaks, dueAt: notAtOnce(earlier(breaks, tier), askedAt, tier) };
  }
  return { staleAfter: over, dueAt: null };
}

function earlier(breaks: Date, { maxAgeMs }: Tier): Date {
  return new Date(breaks.getTime() - Math.min(maxAgeMs * SLACK_SHARE, MOST_SLACK_MS));
}

/** An answer that was old when it came (from a cache in between) is no younger when it is asked for again at once. */
function notAtOnce(dueAt: Date, askedAt: Date, { maxAgeMs }: Tier): Date {
  return new Date(Math.max(dueAt.getTime(), askedAt.getTime() + maxAgeMs / 2));
}

/** After its last start a day is asked for so much seldomer than its tier promises, but about once an hour all the same. */
const EVENING_FACTOR = 4;
const EVENING_MOST_MS = 3_600_000;

export interface LastDay {
  readonly date: LocalDate;
  readonly confirmedAt: Date;
  /** When nobody can book it any more, as far as is known. */
  readonly over: Date;
  readonly zone: string;
  readonly tiers: readonly Tier[];
}

/**
 * A day that nobody can book any more by the time its promise breaks: slots may still be added to it, so it is asked for
 * now and then until its date is over. Nobody reads it meanwhile, so it is stale no sooner than that.
 */
export function afterLastStart(deadline: Deadline, { date, confirmedAt, over, zone, tiers }: LastDay): Deadline {
  const today = tierOf(0, tiers);
  if (!today || deadline.staleAfter < over) return deadline;
  const { maxAgeMs } = today;
  const age = Math.max(maxAgeMs, Math.min(maxAgeMs * EVENING_FACTOR, EVENING_MOST_MS));
  const ends = startOfDate(addDays(date, 1), zone);
  const breaks = new Date(Math.max(deadline.staleAfter.getTime(), confirmedAt.getTime() + age));
  return breaks < ends ? { staleAfter: breaks, dueAt: earlier(breaks, today) } : { staleAfter: ends, dueAt: null };
}

/** How much later the first turn of each further date comes, milliseconds. */
const FIRST_TURN_STEP_MS = 300_000;

/**
 * The first turn of a day that was never asked for. All of them may be asked at once; where the budget does not reach,
 * this orders them: the nearest date of all experiences first, then the next, and in between, as the minutes pass, the
 * near dates again whose promise runs out. So a large catalogue fills without leaving today behind.
 */
export function firstDueAt(openedAt: Date, lead: number): Date {
  return new Date(openedAt.getTime() + lead * FIRST_TURN_STEP_MS);
}
