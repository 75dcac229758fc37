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

/** Unknown parameters are refused: one may be misspelt, and each would make another URL of the same read. */
export function refuseUnknown(query: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const takes = known.length === 0 ? 'This route takes none' : `This route takes only ${known.join(', ')}`;
  throw new ApiProblem('INVALID_REQUEST', `The query parameter ${JSON.stringify(unknown)} is not known. ${takes}.`);
}
