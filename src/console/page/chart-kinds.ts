import type { HistoryPoint } from '../../sync/monitoring/history.shape.js';
import { count, duration, percent } from './format.js';

export interface Series {
  readonly name: string;
  readonly of: (point: HistoryPoint) => number | null;
}

export interface ChartKind {
  readonly title: string;
  /** `stacked`: each step is a bar of all series; `lines`: a line for each. */
  readonly shape: 'stacked' | 'lines';
  readonly series: readonly Series[];
  /** A value in words. */
  readonly text: (value: number) => string;
  /** The same on the axis. */
  readonly axisText: (value: number) => string;
  /** The largest value that the axis has room for at least. */
  readonly most: number;
}

const share = ({ days, freshDays }: HistoryPoint): number | null =>
  days === null || freshDays === null || days === 0 ? null : freshDays / days;

/** What is drawn of the history. */
export const CHART_KINDS: readonly ChartKind[] = [
  {
    title: 'Requests to suppliers',
    shape: 'stacked',
    series: [
      { name: 'changed', of: ({ changed }) => changed },
      { name: 'unchanged', of: ({ unchanged }) => unchanged },
      { name: 'failed', of: ({ failed }) => failed },
      { name: 'refused', of: ({ refused }) => refused },
    ],
    text: count,
    axisText: count,
    most: 5,
  },
  {
    title: 'Fresh days',
    shape: 'lines',
    series: [{ name: 'share', of: share }],
    text: percent,
    axisText: (value) => `${Math.round(value * 100)} %`,
    most: 1,
  },
  {
    title: 'Age of the days',
    shape: 'lines',
    series: [
      { name: 'median', of: ({ ageP50Seconds }) => ageP50Seconds },
      { name: '95th percentile', of: ({ ageP95Seconds }) => ageP95Seconds },
    ],
    text: duration,
    axisText: duration,
    most: 60,
  },
  {
    title: 'Reads',
    shape: 'lines',
    series: [
      { name: 'all', of: ({ reads }) => reads },
      { name: 'from memory', of: ({ hits }) => hits },
    ],
    text: count,
    axisText: count,
    most: 5,
  },
];

/** The values of a step: `12:04: changed 3, unchanged 5`. @param at in words */
export function valuesText({ series, text }: ChartKind, point: HistoryPoint, at: string): string {
  const values = series.map(({ name, of }) => {
    const value = of(point);
    return `${name} ${value === null ? 'not known' : text(value)}`;
  });
  return `${at}: ${values.join(', ')}`;
}
