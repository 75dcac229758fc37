import { SHOWN, type RowFilter } from './row-filter.js';

export const PAGES = ['overview', 'changes', 'webhooks', 'accuracy'] as const;
export type PageName = (typeof PAGES)[number];
export const RANGES = ['hour', 'day'] as const;
export type Range = (typeof RANGES)[number];
/** Of the accuracy. */
export const PERIODS = ['day', 'hour', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

/** What the page shows, but for the panel at the side, as the address names it: `?show=failing&range=day`. */
export interface View extends RowFilter {
  readonly page: PageName;
  readonly range: Range;
  readonly period: Period;
  /** Of all times; empty: the browser's. */
  readonly zone: string;
}

const USUAL: View = { page: 'overview', filter: '', supplier: '', show: 'all', range: 'hour', period: 'day', zone: '' };

export function viewOf(search: string): View {
  const given = new URLSearchParams(search);
  const zone = given.get('zone') ?? USUAL.zone;
  return {
    page: oneOf(PAGES, given.get('page')),
    filter: (given.get('filter') ?? USUAL.filter).trim(),
    supplier: given.get('supplier') ?? USUAL.supplier,
    show: oneOf(SHOWN, given.get('show')),
    range: oneOf(RANGES, given.get('range')),
    period: oneOf(PERIODS, given.get('period')),
    zone: isZone(zone) ? zone : USUAL.zone,
  };
}

/** What is as usual is not named. */
export function searchOf(view: View): string {
  const named = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...view, filter: view.filter.trim() })) {
    if (value !== USUAL[name as keyof View]) named.set(name, value);
  }
  const text = named.toString();
  return text === '' ? '' : `?${text}`;
}

/** What the address names wrongly is as usual: the first. */
function oneOf<T extends string>(all: readonly [T, ...T[]], given: string | null): T {
  return all.find((one) => one === given) ?? all[0];
}

function isZone(name: string): boolean {
  try {
    return name === '' || new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
