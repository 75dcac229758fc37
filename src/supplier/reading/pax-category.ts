import type { PaxCategory } from '../../inventory/index.js';

const CATEGORIES: Readonly<Record<string, PaxCategory>> = {
  ADULT: 'ADULT',
  YOUTH: 'YOUTH',
  CHILD: 'CHILD',
  INFANT: 'INFANT',
  SENIOR: 'SENIOR',
  STUDENT: 'STUDENT',
  FAMILY: 'FAMILY',
  MILITARY: 'OTHER',
  OTHER: 'OTHER',
};

/** The category that a supplier's word means; null: unknown. */
export function paxCategoryOf(word: string): PaxCategory | null {
  return CATEGORIES[word.toUpperCase()] ?? null;
}
