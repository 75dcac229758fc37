import { LARGEST_ID } from '../config/index.js';
import { ApiProblem } from '../http/index.js';
import { parseLocalDate, type LocalDate } from '../time/index.js';

/** An experience id as it stands in a path: digits only, no sign, no leading zero, within the range of ids. */
export function parseExperienceId(text: string): number {
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : NaN;
  if (!(id <= LARGEST_ID)) {
    throw new ApiProblem('INVALID_EXPERIENCE_ID', `An experience id is a whole number from 1 to ${LARGEST_ID}.`);
  }
  return id;
}

/** The `date` of a query: exactly one, a calendar date. */
export function parseDateQuery(value: unknown): LocalDate {
  const date = typeof value === 'string' ? parseLocalDate(value) : undefined;
  if (date === undefined) {
    const wrong =
      value === undefined ? 'It is missing' : Array.isArray(value) ? 'It is given more than once' : 'It is not one';
    throw new ApiProblem('INVALID_DATE', `${wrong}: the query needs one calendar date, like ?date=2026-03-29.`);
  }
  return date;
}
