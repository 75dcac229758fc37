import { LARGEST_ID } from '../config/index.js';
import { ApiProblem } from '../http/index.js';
import { LONGEST_WAIT, MOST_EXPERIENCES } from './change.shape.js';
import type { Experiences } from './waiters.js';

/** `14,15`. @throws ApiProblem INVALID_EXPERIENCE_ID */
export function parseExperiences(text: unknown): Experiences {
  if (text === undefined) return null;
  const parts = typeof text === 'string' ? text.split(',') : [];
  const ids = parts.map((part) => (/^[1-9]\d{0,9}$/.test(part) ? Number(part) : NaN));
  if (ids.length === 0 || ids.length > MOST_EXPERIENCES || !ids.every((id) => id <= LARGEST_ID)) {
    throw new ApiProblem(
      'INVALID_EXPERIENCE_ID',
      `experience: list 1 to ${MOST_EXPERIENCES} ids, separated by commas, like experience=14,15. An id is a whole number from 1 to ${LARGEST_ID}.`,
    );
  }
  return new Set(ids);
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
