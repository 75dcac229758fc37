import { count, moment, relative, upcoming } from './format.js';
import type { Problem, ProblemProduct } from './problems.js';

/** `2 products, 14 days` */
export function extentText({ products, days }: Pick<Problem, 'products' | 'days'>): string {
  return `${counted(products.length, 'product')}, ${counted(days, 'day')}`;
}

/** `failing since 03:50 (4 min ago)`, `last 03:54 (2 s ago)`, `tried again in 10 s (03:55)` */
export function timeTexts(
  { fails, since, last, retryAt }: Pick<Problem, 'fails' | 'since' | 'last' | 'retryAt'>,
  now: number,
): string[] {
  // A day may have begun to fail for another cause.
  const seen = [`${fails ? 'failing since' : 'first seen'} ${at(since, now)}`, `last ${at(last, now)}`];
  return retryAt === null ? seen : [...seen, `tried again ${upcoming(retryAt, now)} (${moment(retryAt, now)})`];
}

/** What is behind the listed dates; null: nothing is. */
export function moreDates({ dates, days }: Pick<ProblemProduct, 'dates' | 'days'>): string | null {
  const more = days - dates.length;
  return more > 0 ? `and ${count(more)} more` : null;
}

function at(instant: string, now: number): string {
  return `${moment(instant, now)} (${relative(instant, now)})`;
}

function counted(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${count(number)} ${what}s`;
}
