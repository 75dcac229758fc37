import uPlot from '/console/vendor/uplot.js';
import type { Api } from './api.js';
import type { History, HistoryPoint } from '../../sync/monitoring/history.shape.js';
import { byId, colour, el } from './dom.js';
import { count, duration, percent } from './format.js';

export type Range = 'hour' | 'day';

interface Series {
  readonly name: string;
  readonly of: (point: HistoryPoint) => number | null;
}

interface Chart {
  readonly title: string;
  readonly series: readonly Series[];
  readonly text: (value: number) => string;
  /** The largest value that the axis has room for at least. */
  readonly most: number;
}

const share = ({ days, freshDays }: HistoryPoint): number | null =>
  days === null || freshDays === null || days === 0 ? null : freshDays / days;

const CHARTS: readonly Chart[] = [
  {
    title: 'Requests to the supplier',
    series: [
      { name: 'changed', of: ({ changed }) => changed },
      { name: 'unchanged', of: ({ unchanged }) => unchanged },
      { name: 'failed', of: ({ failed }) => failed },
      { name: 'refused', of: ({ refused }) => refused },
    ],
    text: count,
    most: 5,
  },
  { title: 'Fresh days', series: [{ name: 'share', of: share }], text: percent, most: 1 },
  {
    title: 'Age of the days',
    series: [
      { name: 'median', of: ({ ageP50Seconds }) => ageP50Seconds },
      { name: '95 %', of: ({ ageP95Seconds }) => ageP95Seconds },
    ],
    text: duration,
    most: 60,
  },
  {
    title: 'Reads',
    series: [
      { name: 'all', of: ({ reads }) => reads },
      { name: 'from memory', of: ({ hits }) => hits },
    ],
    text: count,
    most: 5,
  },
];
const HEIGHT = 150;
const SECONDS: Readonly<Record<Range, number>> = { hour: 3_600, day: 86_400 };

/** What happened in the last hour or day, and each chart's last values in words. */
export class Charts {
  private plots: uPlot[] = [];
  private history: History = { range: 'hour', stepSeconds: 60, points: [] };
  private range: Range = 'hour';

  constructor(private readonly api: Api) {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.show());
    new ResizeObserver(() => this.resize()).observe(byId('charts'));
  }

  async load(range: Range = this.range): Promise<void> {
    this.range = range;
    this.history = await this.api.get<History>(`/api/v1/sync/history?range=${range}`);
    this.show();
  }

  private show(): void {
    for (const plot of this.plots) plot.destroy();
    this.plots = [];
    byId('charts').replaceChildren(...CHARTS.map((chart) => this.figure(chart)));
    this.resize();
  }

  private figure(chart: Chart): HTMLElement {
    const last = this.history.points.at(-1);
    const box = el('div', { class: 'plot', 'aria-hidden': 'true' });
    const keys = chart.series.map(({ name, of }, i) => {
      const value = last ? of(last) : null;
      return el('span', { class: `key s${i + 1}`, text: value === null ? name : `${name} ${chart.text(value)}` });
    });
    if (this.history.points.length === 0) keys.push(el('span', { class: 'soft', text: 'Nothing happened so far.' }));
    const data = table(chart, this.history, Date.now() / 1_000 - SECONDS[this.range]);
    this.plots.push(new uPlot(this.options(chart), data, box));
    return el('figure', { class: 'chart' }, el('figcaption', {}, el('b', { text: chart.title }), ...keys), box);
  }

  private options({ series, text, most }: Chart): uPlot.Options {
    const axis = { stroke: colour('soft'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
    const font = `11px ${getComputedStyle(document.body).fontFamily}`;
    const times = (_plot: uPlot, values: number[]) => values.map(hourText);
    return {
      width: 360,
      height: HEIGHT,
      cursor: { points: { size: 6 }, y: false },
      legend: { show: false },
      scales: {
        x: { range: () => [Date.now() / 1_000 - SECONDS[this.range], Date.now() / 1_000] },
        y: { range: (_plot, _least, largest) => [0, Math.max(most, largest || 0)] },
      },
      axes: [
        { ...axis, font, values: times, grid: { show: false } },
        { ...axis, font, size: 62, values: (_plot, values) => values.map((value) => text(value)) },
      ],
      series: [
        {},
        ...series.map(({ name }, i) => ({
          label: name,
          stroke: colour(`series-${i + 1}`),
          width: 1.75,
          points: { show: false },
        })),
      ],
    };
  }

  private resize(): void {
    for (const plot of this.plots) {
      const width = plot.root.parentElement?.clientWidth ?? 0;
      if (width > 0) plot.setSize({ width, height: HEIGHT });
    }
  }
}

function hourText(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

/** In columns, with a gap where nothing is known. */
function table({ series }: Chart, { points, stepSeconds }: History, from: number): uPlot.AlignedData {
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
  return [times, ...series.map(({ of }) => rows.map((point) => (point ? of(point) : null)))];
}
