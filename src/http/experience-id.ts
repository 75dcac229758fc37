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

/** `14,15` → ids, each once, ascending. @throws ApiProblem INVALID_EXPERIENCE_ID, INVALID_REQUEST where there are too many */
export function parseExperienceIds(text: string, most: number): readonly number[] {
  const ids = [...new Set(text.split(',').map(parseExperienceId))].sort((a, b) => a - b);
  if (ids.length <= most) return ids;
  throw new ApiProblem('INVALID_REQUEST', `experience names more than ${most} ids. Send several requests.`);
}
