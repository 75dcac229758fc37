import { ApiProblem, parseExperienceIds } from '../http/index.js';
import { LONGEST_WAIT, MOST_EXPERIENCES } from './change.shape.js';
import type { Experiences } from './waiters.js';

/** `14,15`. @throws ApiProblem INVALID_EXPERIENCE_ID, INVALID_REQUEST */
export function parseExperiences(text: unknown): Experiences {
  return text === undefined
    ? null
    : new Set(parseExperienceIds(typeof text === 'string' ? text : '', MOST_EXPERIENCES));
}

/** Seconds. @throws ApiProblem INVALID_REQUEST */
export function parseWaitSeconds(text: unknown): number {
  if (text === undefined) return 0;
  const seconds = typeof text === 'string' && /^\d{1,3}$/.test(text) ? Number(text) : NaN;
  if (!(seconds <= LONGEST_WAIT)) {
    throw new ApiProblem('INVALID_REQUEST', `wait: a whole number of seconds from 0 to ${LONGEST_WAIT}.`);
  }
  return seconds;
}
