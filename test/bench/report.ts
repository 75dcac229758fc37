import { ratioOf, spreadOf, type Spread } from './measure.js';
import { tableOf } from './table.js';

/** Ours beside a named limit. */
export interface Comparison {
  readonly measure: string;
  readonly ours: Spread;
  readonly limit: string;
  readonly theirs: Spread;
  /** Ours by theirs. */
  readonly ratio: Spread;
}

/** Figures that stand for themselves. Every row has the same columns. */
export interface Detail {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, string | number>>[];
}

export interface BenchResult {
  readonly bench: string;
  /** What was measured, and how to read it. */
  readonly notes: readonly string[];
  readonly unit: string;
  readonly comparisons: readonly Comparison[];
  readonly details: readonly Detail[];
}

export function compare(
  measure: string,
  ours: readonly number[],
  limit: string,
  theirs: readonly number[],
): Comparison {
  return { measure, ours: spreadOf(ours), limit, theirs: spreadOf(theirs), ratio: ratioOf(ours, theirs) };
}

/** For a terminal. */
export function printed(result: BenchResult): string {
  const rows = result.comparisons.map((row, i) => {
    const again = result.comparisons[i - 1]?.measure === row.measure;
    const { least, most } = row.ratio;
    return [
      again ? '' : row.measure,
      again ? '' : figure(row.ours.median),
      row.limit,
      figure(row.theirs.median),
      figure(row.ratio.median),
      `${figure(least)}–${figure(most)}`,
    ];
  });
  const main = tableOf([result.unit, 'ours', 'the limit', '', 'ours/limit', '(min–max)'], rows);
  const parts = result.details.map(({ title, rows: facts }) => {
    const columns = Object.keys(facts[0] ?? {});
    const cells = facts.map((fact) => columns.map((column) => cell(fact[column] ?? '')));
    return `${title}\n${tableOf(columns, cells)}`;
  });
  return [`== ${result.bench} ==`, ...result.notes.map((note) => `  ${note}`), '', [main, ...parts].join('\n')].join(
    '\n',
  );
}

function cell(value: string | number): string {
  return typeof value === 'number' ? figure(value) : value;
}

/** Three digits are more than a shared machine can repeat. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 4 });
}
