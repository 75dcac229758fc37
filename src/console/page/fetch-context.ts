import type { DayGrid } from './day-grid.js';
import type { KnownSuppliers } from './known-suppliers.js';
import { whyNoFetch } from './unavailable.js';

/** What decides whether a day of an experience can be fetched now. */
export interface FetchContext {
  readonly grid: DayGrid;
  readonly suppliers: KnownSuppliers;
}

/** Why no day of the experience can be fetched; null: it can, as far as is known. */
export function whyNotNow({ grid, suppliers }: FetchContext, id: number): string | null {
  const experience = grid.find(id);
  if (!experience || suppliers.all.length === 0) return null;
  if (experience.paused) return `Experience ${id} is paused: resume it.`;
  return whyNoFetch(suppliers.find(experience.supplier));
}
