import { describe, expect, it } from '@jest/globals';
import type { HistoryPoint } from '../sync/monitoring/history.shape.js';
import { CHART_KINDS, valuesText, type ChartKind } from './page/chart-kinds.js';
import { chartTable, drawnValues, nextStep } from './page/chart-table.js';

const START = Date.parse('2026-03-02T10:00:00Z');
const point = (minute: number, part: Partial<HistoryPoint> = {}): HistoryPoint => ({
  at: new Date(START + minute * 60_000).toISOString(),
  ...{ changed: 1, unchanged: 2, failed: 3, refused: 0, reads: 10, hits: 9 },
  ...{ days: null, freshDays: null, ageP50Seconds: null, ageP95Seconds: null },
  ...part,
});
const [REQUESTS, FRESH] = CHART_KINDS as unknown as readonly [ChartKind, ChartKind];
const from = START / 1_000;
const table = chartTable({ stepSeconds: 60, points: [point(1), point(2), point(6)] }, from);

describe('the steps of a chart', () => {
  it('have a gap where nothing is known', () => {
    expect(table.times.map((at) => (at - from) / 60)).toEqual([0, 1, 2, 3, 6]);
    expect(table.points.map((one) => one !== null)).toEqual([false, true, true, false, true]);
  });

  it('are stacked: each value is drawn with those below it', () => {
    expect(drawnValues(REQUESTS, table).map((row) => row[1])).toEqual([1, 3, 6, 6]);
    expect(drawnValues(REQUESTS, table).map((row) => row[3])).toEqual([null, null, null, null]);
  });

  it('are walked past the gaps', () => {
    expect([nextStep(table, 2, 1), nextStep(table, 4, -1), nextStep(table, 1, -1)]).toEqual([4, 2, undefined]);
  });

  it('are said in words', () => {
    expect(valuesText(REQUESTS, point(1), '10:01')).toBe('10:01: changed 1, unchanged 2, failed 3, refused 0');
    expect(valuesText(FRESH, point(1), '10:01')).toBe('10:01: share not known');
    expect(valuesText(FRESH, point(1, { days: 4, freshDays: 3 }), '10:01')).toBe('10:01: share 75.0 %');
  });
});
