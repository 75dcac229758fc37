import uPlot from '/console/vendor/uplot.js';
import { valuesText, type ChartKind } from './chart-kinds.js';
import { ChartLook } from './chart-look.js';
import { drawnValues, nextStep, type ChartTable } from './chart-table.js';
import { colour, el, say } from './dom.js';
import { moment, time } from './format.js';

export const HEIGHT = 160;
/** Room above the largest value, as a share of it. */
const HEADROOM = 1.08;

/** One chart: what it shows is also said of the step under the pointer, or where the keyboard is. */
export class Chart {
  readonly element: HTMLElement;
  private readonly said = el('p', { class: 'readout', 'aria-live': 'off' });
  private readonly box: HTMLElement;
  private readonly plot: uPlot;
  private readonly look = new ChartLook();
  private step: number | undefined;

  /** @param seconds of the axis, up to now */
  constructor(
    private readonly kind: ChartKind,
    private readonly table: ChartTable,
    private readonly seconds: number,
  ) {
    const keys = kind.series.map(({ name }, i) => el('span', { class: 'key' }, this.look.key(kind.shape, i), name));
    const caption = el('figcaption', {}, el('b', { text: kind.title }), ...keys);
    this.box = el('div', { class: 'plot', tabindex: '0', role: 'slider', 'aria-label': `${kind.title}, step by step` });
    this.box.setAttribute('aria-valuemin', '0');
    this.box.setAttribute('aria-valuemax', String(table.points.length - 1));
    this.box.addEventListener('keydown', (event) => this.key(event));
    this.box.addEventListener('blur', () => this.point(undefined));
    this.element = el('figure', { class: 'chart' }, caption, this.box, this.said);
    // Drawn bottom up: what is lower in a stack covers what is above it.
    const values = drawnValues(kind, table);
    const ordered = kind.shape === 'stacked' ? values.toReversed() : values;
    this.plot = new uPlot(this.options(), [[...table.times], ...ordered], this.box);
    this.say();
  }

  resize(): void {
    const width = this.box.clientWidth;
    if (width > 0) this.plot.setSize({ width, height: HEIGHT });
  }

  remove(): void {
    this.plot.destroy();
    this.element.remove();
  }

  private get last(): number | undefined {
    return nextStep(this.table, this.table.points.length, -1);
  }

  private key(event: KeyboardEvent): void {
    const from = this.step ?? this.table.points.length;
    const steps: Readonly<Record<string, number | undefined>> = {
      ArrowLeft: nextStep(this.table, from, -1),
      ArrowRight: nextStep(this.table, from, 1),
      Home: nextStep(this.table, -1, 1),
      End: this.last,
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const to = steps[event.key];
    if (to === undefined) return;
    const left = this.plot.valToPos(this.table.times[to] ?? 0, 'x');
    this.plot.setCursor({ left, top: 0 });
    this.point(to);
  }

  private point(step: number | undefined): void {
    this.step = step;
    this.say();
  }

  private say(): void {
    const step = this.step ?? this.last;
    const point = step === undefined ? undefined : this.table.points[step];
    const text = point ? valuesText(this.kind, point, moment(point.at)) : 'Nothing happened so far.';
    say(this.said, text);
    this.box.setAttribute('aria-valuetext', text);
    this.box.setAttribute('aria-valuenow', String(step ?? 0));
  }

  private options(): uPlot.Options {
    const { axisText, most } = this.kind;
    const axis = { stroke: colour('soft'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
    const font = `11px ${getComputedStyle(document.body).fontFamily}`;
    const times = (_plot: uPlot, values: number[]) => values.map((at) => time(new Date(at * 1_000).toISOString()));
    const now = Date.now() / 1_000;
    return {
      width: 360,
      height: HEIGHT,
      cursor: { points: { size: 6 }, y: false },
      legend: { show: false },
      scales: {
        x: { range: () => [now - this.seconds, now] },
        y: { range: (_plot, _least, largest) => [0, Math.max(most, largest || 0) * HEADROOM] },
      },
      axes: [
        { ...axis, font, space: 64, values: times, grid: { show: false } },
        { ...axis, font, space: 30, size: 64, values: (_plot, values) => values.map(axisText) },
      ],
      series: [{}, ...this.series()],
      hooks: { setCursor: [(plot) => this.hover(plot.cursor.idx ?? undefined)] },
    };
  }

  private series(): uPlot.Series[] {
    const { shape, series } = this.kind;
    const { look } = this;
    const points = { show: false };
    if (shape === 'lines') {
      return series.map(({ name }, i) => {
        return { label: name, stroke: look.line(i), dash: look.dash(i), width: 2, points };
      });
    }
    const paths = uPlot.paths.bars?.({ align: 1, size: [0.86, 40] });
    const edge = look.edge === null ? { width: 0 } : { width: 1, stroke: look.edge };
    const bars = series.map(({ name }, i) => {
      return { label: name, fill: look.fill(i), ...edge, points, ...(paths && { paths }) };
    });
    return bars.toReversed();
  }

  /** The keyboard sets the cursor itself, and says so first. */
  private hover(step: number | undefined): void {
    if (document.activeElement === this.box) return;
    const known = step === undefined || this.table.points[step] == null ? undefined : step;
    if (known !== this.step) this.point(known);
  }
}
