import { ApiProblem } from '../http/index.js';
import { parseLocalDate, type LocalDate } from '../time/index.js';

/** The `date` of a query: exactly one, a calendar date. */
export function parseDateQuery(value: unknown): LocalDate {
  const date = typeof value === 'string' ? parseLocalDate(value) : undefined;
  if (date === undefined) {
    const wrong =
      value === undefined ? 'It is missing' : Array.isArray(value) ? 'It is given more than once' : 'It is invalid';
    throw new ApiProblem('INVALID_DATE', `${wrong}. The query takes one calendar date, like ?date=2026-03-29.`);
  }
  return date;
}
