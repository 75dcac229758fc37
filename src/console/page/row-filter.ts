import { FLAGS } from './day-flags.js';
import type { GridExperience } from './day-grid.js';

/** Which rows of the map are shown. */
export const SHOWN = ['all', 'failing', 'stale', 'never', 'paused'] as const;
export type ShownRows = (typeof SHOWN)[number];

/** What the filter is called. */
export const SHOWN_NAMES: Readonly<Record<ShownRows, string>> = {
  all: 'All days',
  failing: 'Failing',
  stale: 'Too old',
  never: 'Never fetched',
  paused: 'Paused',
};

export interface RowFilter {
  /** Those whose id begins so, or whose name has it. */
  readonly filter: string;
  /** Empty: of all suppliers. */
  readonly supplier: string;
  readonly show: ShownRows;
}

/** @param now epoch milliseconds */
export function isShown(experience: GridExperience, { filter, supplier, show }: RowFilter, now: number): boolean {
  const { id, name } = experience;
  const text = filter.trim().toLowerCase();
  if (supplier !== '' && experience.supplier !== supplier) return false;
  if (text !== '' && !String(id).startsWith(text) && !(name ?? '').toLowerCase().includes(text)) return false;
  const { confirmed, flags, maxAges } = experience;
  switch (show) {
    case 'all':
      return true;
    case 'failing':
      return flags.some((flag) => (flag & FLAGS.failing) !== 0);
    case 'stale':
      return confirmed.some((at, place) => at !== null && now - at > (maxAges[place] ?? 0) * 1_000);
    case 'never':
      return confirmed.some((at) => at === null);
    case 'paused':
      return experience.paused;
  }
}
