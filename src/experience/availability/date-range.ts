import { ApiProblem } from '../../http/index.js';
import { daysBetween, parseLocalDate, type LocalDate } from '../../time/index.js';

/** The most dates of one request. */
export const MOST_DATES = 62;

/** A date of a query. @returns undefined: it is not given. @throws ApiProblem INVALID_DATE */
export function parseBound(query: Readonly<Record<string, unknown>>, name: string): LocalDate | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const date = typeof value === 'string' ? parseLocalDate(value) : undefined;
  if (date !== undefined) return date;
  const wrong = Array.isArray(value) ? 'is given more than once' : 'is invalid';
  throw new ApiProblem('INVALID_DATE', `${name} ${wrong}. It takes one calendar date, like ?${name}=2026-03-29.`);
}

/** @throws ApiProblem INVALID_DATE where the range is empty or too long */
export function assertRange(from: LocalDate, to: LocalDate): void {
  const days = daysBetween(from, to);
  if (days >= 1 && days <= MOST_DATES) return;
  const wrong = days < 1 ? 'to must be after from: it is the first date beyond' : `The range has ${days} dates`;
  throw new ApiProblem('INVALID_DATE', `${wrong}. A request takes 1 to ${MOST_DATES} dates.`);
}
