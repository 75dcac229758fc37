import { ApiProblem } from '../http/index.js';
import { parseLocalDate, type LocalDate } from '../time/index.js';

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

/** A parameter that means nothing would be a spelling of its own for what is kept in memory, or a misspelt one. */
export function refuseUnknown(query: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const takes = known.length === 0 ? 'This route takes none' : `This route takes only ${known.join(', ')}`;
  throw new ApiProblem('INVALID_REQUEST', `The query parameter ${JSON.stringify(unknown)} is not known. ${takes}.`);
}
