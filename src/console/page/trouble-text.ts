import { count } from './format.js';

/** Without the cause in front of it, which is shown by itself. */
export function causeWords(error: string, cause: string): string {
  const prefix = `${cause}: `;
  return error.startsWith(prefix) ? error.slice(prefix.length) : error;
}

/** @param last the name of the day that it was seen on last */
export function daysText(days: number, last: string): string {
  return days === 1 ? last : `${count(days)}, last ${last}`;
}
