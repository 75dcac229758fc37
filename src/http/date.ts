import { parseLocalDate, type LocalDate } from '../time/index.js';
import { ApiProblem } from './api-problem.js';

/** A calendar date as it stands in a path. @throws ApiProblem INVALID_DATE */
export function parseDate(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === undefined) throw new ApiProblem('INVALID_DATE', 'The path needs one calendar date, like 2026-03-29.');
  return date;
}
