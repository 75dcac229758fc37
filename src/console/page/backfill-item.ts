import type { BackfillReport } from '../../sync/backfill/backfill.shape.js';
import { backfillText, backfillTimes, backfillTitle, failedAlike, type FailedAlike } from './backfill-text.js';
import { el, say } from './dom.js';
import { count, dateName } from './format.js';
import type { KeyedItem } from './keyed-list.js';
import { hashOf } from './places.js';

/** So many of the days that failed alike are listed. */
const LISTED = 7;

/** One backfill: what it fetches, a bar, counts, the days that failed and why, and how to end it. */
export class BackfillItem implements KeyedItem<BackfillReport> {
  readonly element: HTMLElement;
  private readonly title = el('b');
  private readonly bar = el('progress');
  private readonly counts = el('span');
  private readonly times = el('span', { class: 'soft' });
  private readonly failures = el('ul', { class: 'odd' });
  private readonly cancel: HTMLButtonElement;
  private shown = '';
  private id = '';

  constructor(cancel: (id: string) => void) {
    this.cancel = el('button', { type: 'button', text: 'Cancel', click: () => cancel(this.id) });
    const head = el('div', { class: 'backfill-head' }, this.title, this.cancel);
    const line = el('p', {}, this.counts, ' ', this.times);
    this.element = el('li', { class: 'backfill' }, head, this.bar, line, this.failures);
  }

  fill(report: BackfillReport): void {
    const { id, days, left, state } = report;
    this.id = id;
    const title = backfillTitle(report);
    say(this.title, title);
    this.bar.max = Math.max(1, days);
    this.bar.value = days - left;
    this.bar.setAttribute('aria-label', title);
    this.bar.hidden = state !== 'running';
    say(this.counts, backfillText(report));
    say(this.times, backfillTimes(report, Date.now()));
    this.cancel.hidden = state !== 'running';
    this.cancel.setAttribute('aria-label', `Cancel: ${title}`);
    this.fillFailures(report);
  }

  private fillFailures({ failures, failed }: BackfillReport): void {
    const text = JSON.stringify([failures, failed]);
    if (text === this.shown) return;
    this.shown = text;
    this.failures.hidden = failures.length === 0;
    const more = failed - failures.length;
    const others = more > 0 ? [el('li', { text: `and ${count(more)} more` })] : [];
    this.failures.replaceChildren(...failedAlike(failures).map(alikeItem), ...others);
  }
}

function alikeItem({ error, days }: FailedAlike): HTMLElement {
  const links = days.slice(0, LISTED).map(({ experienceId: id, date }) => {
    return el('a', { href: hashOf({ kind: 'day', id, date }), text: `${id}, ${dateName(date)}` });
  });
  const more = days.length - links.length;
  const rest = more > 0 ? [el('span', { text: `and ${count(more)} more` })] : [];
  const listed = el('span', { class: 'dates' }, ...links, ...rest);
  return el(
    'li',
    {},
    `${days.length === 1 ? '1 day' : `${count(days.length)} days`}: ${error ?? 'no longer failing'}`,
    listed,
  );
}
