import { dayName } from '../../inventory/index.js';
import type { CandidateDay } from '../schedule/day-queue.js';
import { valueRank, type Candidate } from './queue.js';

/** Demand lapses after this, when the reader is gone. */
export const DEMAND_MS = 30_000;

/** A day that may be fetched next, with its lane. */
export interface DayCandidate extends Candidate {
  readonly day: CandidateDay;
}

/**
 * @param keepsMaxAges the budget keeps all max ages. Otherwise they are kept where it costs least: an overdue day that is
 * among the first by value is a candidate of the lane `due` too, and goes before days that have only waited long.
 */
export function candidatesOf(days: readonly CandidateDay[], now: Date, keepsMaxAges = true): DayCandidate[] {
  const candidates = days.map((day) => ({
    ...{ day, id: dayName(day), lane: day.lane, rank: rankOf(day, now.getTime()) },
    neverConfirmed: day.confirmedAt === null,
  }));
  if (keepsMaxAges) return candidates;
  const cheap = candidates.filter(({ day, lane, neverConfirmed }) => {
    return lane === 'value' && !neverConfirmed && day.dueAt !== null && day.dueAt <= now;
  });
  return [...candidates, ...cheap.map((candidate) => ({ ...candidate, lane: 'due' as const }))];
}

/** Drops days whose value is too small, see `model/min-value.ts`. A day that was never confirmed is always worth a request. */
export function worthSending(candidates: readonly DayCandidate[], leastRank: number): readonly DayCandidate[] {
  return candidates.filter((candidate) => !isByValue(candidate) || candidate.rank >= leastRank);
}

/** A day that is fetched for its value alone. */
export function isByValue({ lane, neverConfirmed }: DayCandidate): boolean {
  return lane === 'value' && !neverConfirmed;
}

/** For a probe of the supplier. A day that fails on its own would not show whether the supplier answers again. */
export function withoutRetries(candidates: readonly DayCandidate[]): readonly DayCandidate[] {
  const sound = candidates.filter(({ lane }) => lane !== 'retry' && lane !== 'probe');
  return sound.length > 0 ? sound : candidates;
}

function rankOf(day: CandidateDay, now: number): number {
  switch (day.lane) {
    case 'demand':
      return -(day.requestedAt?.getTime() ?? 0);
    case 'hint':
      return -(day.hintedAt?.getTime() ?? 0);
    case 'max_age':
      return -(day.confirmedAt?.getTime() ?? 0);
    case 'value':
      return valueRank(
        {
          confirmedAt: day.confirmedAt?.getTime() ?? null,
          dueAt: day.refreshAt?.getTime() ?? 0,
          relativeValue: day.refreshValue,
        },
        now,
      );
    default:
      return -(day.dueAt?.getTime() ?? 0);
  }
}
