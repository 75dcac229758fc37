import type { Accuracy, AccuracyFigures } from '../../sync/accuracy/accuracy.shape.js';
import { auditedText, expectedText, leadText, measuredText, summaryText } from './accuracy-text.js';
import type { Api } from './api.js';
import { byId, el, say } from './dom.js';
import { count } from './format.js';
import { hashOf } from './places.js';
import { PERIODS, type Period } from './view.js';

const EVERY_MS = 30_000;

/** How many readers saw the truth: measured beside expected, by supplier, by lead and by experience. */
export class AccuracyPage {
  private period: Period = PERIODS[0];
  private known: Accuracy | undefined;

  /** @param guarded what goes wrong is said */
  constructor(
    private readonly api: Api,
    guarded: (work: () => Promise<unknown>) => void,
    choose: (period: Period) => void,
  ) {
    for (const period of PERIODS) byId(`period-${period}`).addEventListener('click', () => choose(period));
    setInterval(() => {
      if (!byId('accuracy').hidden && !document.hidden) guarded(() => this.load());
    }, EVERY_MS);
  }

  async load(period: Period = this.period): Promise<void> {
    this.period = period;
    for (const each of PERIODS) byId(`period-${each}`).setAttribute('aria-pressed', String(each === period));
    const accuracy = await this.api.get<Accuracy>(`/api/v1/sync/accuracy?range=${period}`);
    // Another period was chosen meanwhile.
    if (accuracy.range !== this.period) return;
    this.known = accuracy;
    this.show();
  }

  show(): void {
    const { known } = this;
    if (!known) return;
    say(byId('accuracy-summary'), summaryText(known.total));
    const hasReads = known.total.reads > 0;
    byId('accuracy-table').hidden = byId('accuracy-worst').hidden = !hasReads;
    byId('accuracy-rows').replaceChildren(...known.suppliers.flatMap((supplier) => supplierRows(supplier)));
    byId('accuracy-worst-rows').replaceChildren(
      ...known.experiences.map((figures) => {
        const { id, name, supplier } = figures;
        const text = `${id}${name === null ? '' : ` ${name}`}`;
        return row(el('a', { href: hashOf({ kind: 'experience', id }), text }), figures, supplier);
      }),
    );
  }
}

function supplierRows({ supplier, audited, leads, ...figures }: Accuracy['suppliers'][number]): HTMLElement[] {
  return [
    row(el('strong', { text: supplier }), figures, auditedText(audited)),
    ...leads
      .filter(({ reads }) => reads > 0)
      .map((lead) => row(el('span', { text: leadText(lead) }), lead, auditedText(lead.audited))),
  ];
}

function row(what: HTMLElement, figures: AccuracyFigures, last: string): HTMLElement {
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, what),
    el('td', { text: count(figures.reads) }),
    el('td', { text: measuredText(figures) }),
    el('td', { text: expectedText(figures) }),
    el('td', { text: last }),
  );
}
