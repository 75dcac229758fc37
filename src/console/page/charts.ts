import type { History } from '../../sync/monitoring/history.shape.js';
import type { Api } from './api.js';
import { Chart } from './chart.js';
import { CHART_KINDS } from './chart-kinds.js';
import { chartTable } from './chart-table.js';
import { byId } from './dom.js';
import type { Range } from './view.js';

const SECONDS: Readonly<Record<Range, number>> = { hour: 3_600, day: 86_400 };

/** What happened in the last hour or day. */
export class Charts {
  range: Range = 'hour';
  private charts: readonly Chart[] = [];
  private history: History | undefined;

  constructor(private readonly api: Api) {
    for (const theme of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
      matchMedia(theme).addEventListener('change', () => this.show());
    }
    new ResizeObserver(() => this.resize()).observe(byId('charts'));
  }

  async load(range: Range = this.range): Promise<void> {
    this.range = range;
    const history = await this.api.get<History>(`/api/v1/sync/history?range=${range}`);
    // Another range was chosen meanwhile.
    if (history.range !== this.range) return;
    this.history = history;
    // Whoever reads a chart is left in peace: it is drawn anew when they leave it.
    if (this.charts.length > 0 && byId('charts').contains(document.activeElement)) return;
    this.show();
  }

  show(): void {
    const { history } = this;
    if (!history) return;
    for (const chart of this.charts) chart.remove();
    const seconds = SECONDS[history.range];
    const table = chartTable(history, Date.now() / 1_000 - seconds);
    this.charts = CHART_KINDS.map((kind) => new Chart(kind, table, seconds));
    byId('charts').replaceChildren(...this.charts.map(({ element }) => element));
    this.resize();
  }

  private resize(): void {
    for (const chart of this.charts) chart.resize();
  }
}
