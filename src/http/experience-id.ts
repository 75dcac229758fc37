import { LARGEST_ID } from '../config/index.js';
import { ApiProblem } from './api-problem.js';

/** An experience id as it stands in a URL: digits only, no sign, no leading zero, within the range of ids. */
export function parseExperienceId(text: unknown): number {
  const id = typeof text === 'string' && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : NaN;
  if (!(id <= LARGEST_ID)) {
    throw new ApiProblem('INVALID_EXPERIENCE_ID', `An experience id is a whole number from 1 to ${LARGEST_ID}.`);
  }
  return id;
}
