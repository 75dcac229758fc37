import type { ImportReport } from '../../sync/suppliers/supplier.shape.js';
import type { ApiError } from './api-error.js';
import { count, moment } from './format.js';

type Refusal = Pick<ApiError, 'code' | 'message' | 'members'>;

/** What became of an import. */
export function importText({ experiences, unknown }: ImportReport): string {
  const added = experiences.filter((experience) => experience.added).length;
  const known = experiences.length - added;
  const parts = [
    added === 0 ? 'Nothing was added' : `${products(added)} ${added === 1 ? 'is' : 'are'} mirrored from now on`,
    ...(known === 0 ? [] : [`${products(known)} ${known === 1 ? 'was' : 'were'} mirrored already`]),
    ...(unknown.length === 0 ? [] : [`${products(unknown.length)} no longer in the supplier’s list`]),
  ];
  return `${parts.join('; ')}.`;
}

/** Why a list or an import did not come about. @param now epoch milliseconds */
export function importProblem(name: string, { code, message, members }: Refusal, now: number): string {
  if (code === 'SUPPLIER_BUSY') {
    const { retryAt } = members;
    const when = typeof retryAt === 'string' ? ` before ${moment(retryAt, now)}` : ' now';
    return `The budget of ${name} allows no request${when}. Try again then.`;
  }
  if (code !== 'SUPPLIER_FAILED') return message;
  const prefix = `${name}: `;
  return `${name} gave no list of products: ${message.startsWith(prefix) ? message.slice(prefix.length) : message}`;
}

/** `12 products, 5 of them mirrored` */
export function listText(products: readonly { readonly experienceId: number | null }[]): string {
  const mirrored = products.filter(({ experienceId }) => experienceId !== null).length;
  const all = products.length === 1 ? '1 product' : `${count(products.length)} products`;
  return `${all}, ${mirrored === products.length && mirrored > 0 ? 'all' : count(mirrored)} of them mirrored`;
}

function products(number: number): string {
  return number === 1 ? '1 product' : `${count(number)} products`;
}
