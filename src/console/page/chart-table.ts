import type { History, HistoryPoint } from '../../sync/monitoring/history.shape.js';
import type { ChartKind } from './chart-kinds.js';

/** The steps of a chart, with a gap where nothing is known. */
export interface ChartTable {
  /** Epoch seconds. */
  readonly times: readonly number[];
  readonly points: readonly (HistoryPoint | null)[];
}

type Steps = Pick<History, 'points' | 'stepSeconds'>;

/** @param from epoch seconds: where the axis begins */
export function chartTable({ points, stepSeconds }: Steps, from: number): ChartTable {
  const times: number[] = [from];
  const rows: (HistoryPoint | null)[] = [null];
  for (const point of points) {
    const at = Date.parse(point.at) / 1_000;
    const before = times.at(-1) ?? from;
    if (at - before > stepSeconds * 1.5) {
      times.push(before + stepSeconds);
      rows.push(null);
    }
    if (at <= before) continue;
    times.push(at);
    rows.push(point);
  }
  return { times, points: rows };
}

/** The values that are drawn, by series; of a stack each with all below it. */
export function drawnValues({ shape, series }: ChartKind, { points }: ChartTable): (number | null)[][] {
  const values = series.map(({ of }) => points.map((point) => (point ? of(point) : null)));
  if (shape === 'lines') return values;
  return values.map((_, top) =>
    points.map((point, i) =>
      point === null ? null : values.slice(0, top + 1).reduce((sum, row) => sum + (row[i] ?? 0), 0),
    ),
  );
}

/** The next step that has values; undefined: there is none. @param by 1: later; -1: earlier */
export function nextStep({ points }: ChartTable, from: number, by: 1 | -1): number | undefined {
  for (let i = from + by; i >= 0 && i < points.length; i += by) if (points[i] != null) return i;
  return undefined;
}
