import type { CandidateDay } from '../../inventory/index.js';
import { valueRank, type Candidate, type Lane, type Shares } from './queue.js';
import { TEMPOS } from './tempo.js';

/** Nothing is to get older than 96 hours; a day is called for the last time a little before. */
export const LAST_CALL_MS = 3.6 * 86_400_000;
/** A reader's wish is forgotten after this: by then the reader is gone. */
export const WISH_MS = 30_000;

/** A day that may be next, with the lane that it is in. */
export interface DayCandidate extends Candidate {
  readonly day: CandidateDay;
}

const LANES: Readonly<Record<CandidateDay['source'], Lane>> = {
  wanted: 'wanted',
  probe: 'probe',
  retry: 'retry',
  promise: 'promised',
  unasked: 'promised',
  oldest: 'last_call',
  turn: 'value',
};

/** By what a request is worth: each source of candidates is a lane of its own. */
export function candidatesByValue(days: readonly CandidateDay[], now: Date): DayCandidate[] {
  return days.map((day) => ({
    ...{ day, id: idOf(day), lane: LANES[day.source], rank: rankOf(day, now.getTime()) },
    unasked: day.confirmedAt === null,
  }));
}

/** By deadlines alone: what readers want, and everything else by its deadline, the most overdue first. */
export function candidatesByDeadline(days: readonly CandidateDay[]): DayCandidate[] {
  // Of equals the first is to stay the first: the chooser takes the last of the greatest.
  return days.toReversed().map((day) => {
    if (day.source === 'wanted') return { day, id: idOf(day), lane: 'wanted', rank: -(day.wantedAt?.getTime() ?? 0) };
    return { day, id: idOf(day), lane: 'value', rank: -(day.dueAt?.getTime() ?? 0) };
  });
}

/** Where deadlines alone decide, only readers have a share. */
export function sharesByDeadline(wanted: number): Shares {
  return { last_call: 0, wanted, probe: 0, retry: 0, promised: 0 };
}

/** While it is being tried out whether a supplier is back, days that fail anyway are no test. */
export function withoutRetries(candidates: readonly DayCandidate[]): readonly DayCandidate[] {
  const sound = candidates.filter(({ day }) => day.source !== 'retry' && day.source !== 'probe');
  return sound.length > 0 ? sound : candidates;
}

function idOf({ experienceId, date }: CandidateDay): string {
  return `${experienceId} ${date}`;
}

function rankOf(day: CandidateDay, now: number): number {
  switch (day.source) {
    case 'wanted':
      return -(day.wantedAt?.getTime() ?? 0);
    case 'oldest':
      return -(day.confirmedAt?.getTime() ?? 0);
    case 'turn':
      return valueRank(
        {
          confirmedAt: day.confirmedAt?.getTime() ?? null,
          dueAt: day.turn ?? 0,
          relativeValue: day.tempo === TEMPOS ? -(day.turn ?? 0) : null,
        },
        now,
      );
    default:
      return -(day.dueAt?.getTime() ?? 0);
  }
}
