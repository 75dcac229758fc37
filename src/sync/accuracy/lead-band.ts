/** By how many days ahead the date lies, `from` to `to`; null: no end. */
export interface LeadBand {
  readonly from: number;
  readonly to: number | null;
}

/** In the order of the stored index. */
export const BANDS: readonly LeadBand[] = [
  { from: 0, to: 0 },
  { from: 1, to: 2 },
  { from: 3, to: 7 },
  { from: 8, to: 30 },
  { from: 31, to: null },
];

export function bandOf(lead: number): number {
  return BANDS.findIndex(({ to }) => to === null || lead <= to);
}
