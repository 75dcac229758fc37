import type { Counter } from './estimates.js';

/**
 * Experiences differ in how far ahead they are booked and read. Each has a factor of its own for bands of leads, on the change
 * curve and on the reads by lead that all share. Both are shrunk to 1 as Gamma–Poisson estimates (Robbins 1956; Efron &
 * Morris 1975): with two changes, and with five reads.
 */
const PRIOR_CHANGES = 2;
const PRIOR_READS = 5;
/** The first lead of each band but the nearest. */
const BEGINS = [1, 3, 8, 31] as const;
export const BANDS = BEGINS.length + 1;

/** The counts of one experience by band, from the nearest on. */
export interface BandCounts {
  /** Changes seen, and those that an average experience would have shown. */
  readonly changes: readonly Counter[];
  readonly reads: readonly number[];
}

export const NO_BANDS: BandCounts = {
  changes: Array.from({ length: BANDS }, () => ({ n: 0, e: 0 })),
  reads: Array.from({ length: BANDS }, () => 0),
};

export function bandOf(lead: number): number {
  let band = 0;
  while (lead >= (BEGINS[band] ?? Infinity)) band++;
  return band;
}

/**
 * Factors on the change curve, by band.
 * @param multiplier how much more often than the average experience it changes over all leads
 * @param scale of the change curve, without which the expected changes are counted
 */
export function changeTilt({ changes }: BandCounts, multiplier: number, scale: number): readonly number[] {
  return changes.map(({ n, e }) => (PRIOR_CHANGES + n) / (PRIOR_CHANGES + scale * multiplier * e));
}

/** Factors on the reads by lead, by band. */
export function readTilt({ reads }: BandCounts, leadDemand: readonly number[]): readonly number[] {
  const shares = reads.map(() => 0);
  leadDemand.forEach((demand, lead) => (shares[bandOf(lead)] = (shares[bandOf(lead)] ?? 0) + demand));
  const expected = sum(reads) / sum(shares);
  return reads.map((n, band) => (PRIOR_READS + n) / (PRIOR_READS + expected * (shares[band] ?? 0)));
}

/** Adds new counts to old ones, of which the fraction `kept` remains. */
export function addBands(old: BandCounts, kept: number, added: BandCounts): BandCounts {
  return {
    changes: added.changes.map(({ n, e }, band) => ({
      n: (old.changes[band]?.n ?? 0) * kept + n,
      e: (old.changes[band]?.e ?? 0) * kept + e,
    })),
    reads: added.reads.map((reads, band) => (old.reads[band] ?? 0) * kept + reads),
  };
}

/** Rates by lead times the factors of their bands. */
export function tilted(rates: readonly number[], factors: readonly number[]): number[] {
  return rates.map((rate, lead) => rate * (factors[bandOf(lead)] ?? 1));
}

/** Reads that are spread evenly over the leads, by band. */
export function evenly(reads: number, leads: number): readonly number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    const from = Math.min(leads, band === 0 ? 0 : (BEGINS[band - 1] ?? 0));
    return (reads * (Math.min(leads, BEGINS[band] ?? leads) - from)) / leads;
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
