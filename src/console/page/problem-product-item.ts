import { ActionButton } from './action-button.js';
import { el, say } from './dom.js';
import { dateName } from './format.js';
import type { KeyedItem } from './keyed-list.js';
import { hashOf } from './places.js';
import { moreDates, timeTexts } from './problem-text.js';
import type { Problem, ProblemProduct } from './problems.js';

export interface ProblemProductActions {
  /** Null: the experience has none, or it is not known so far. */
  nameOf(id: number): string | null;
  isPaused(id: number): boolean;
  /** Why no day of the supplier's products can be fetched; null: it can. */
  whyNoFetch(supplier: string): string | null;
  fetch(id: number, date: string): Promise<void>;
  pause(id: number): void;
  resume(id: number): void;
}

export interface ProductEntry extends ProblemProduct, Pick<Problem, 'supplier'> {
  /** The only one of its problem: its times are those of the problem. */
  readonly alone: boolean;
}

/** One product of a problem: its days, and what can be done about it. */
export class ProblemProductItem implements KeyedItem<ProductEntry> {
  readonly element: HTMLElement;
  private readonly name = el('a');
  private readonly dates = el('span', { class: 'dates' });
  private readonly times = el('span', { class: 'soft' });
  private readonly fetch: ActionButton;
  private readonly pause: ActionButton;
  private readonly resume: ActionButton;
  private entry: ProductEntry;
  private isFetching = false;

  constructor(
    entry: ProductEntry,
    private readonly actions: ProblemProductActions,
    fetchText: string,
  ) {
    this.entry = entry;
    const { experienceId: id } = entry;
    this.name.setAttribute('href', hashOf({ kind: 'experience', id }));
    this.fetch = new ActionButton(fetchText, () => void this.fetchNow());
    this.pause = new ActionButton('Pause…', () => actions.pause(id));
    this.resume = new ActionButton('Resume', () => actions.resume(id));
    for (const { element } of [this.fetch, this.pause, this.resume]) {
      element.setAttribute('aria-label', `${element.textContent} (experience ${id})`);
    }
    const buttons = el('span', { class: 'actions' }, this.fetch.element, this.pause.element, this.resume.element);
    this.element = el('li', {}, this.name, this.dates, this.times, buttons);
  }

  fill(entry: ProductEntry): void {
    const { experienceId: id, supplier } = entry;
    const known = this.entry;
    this.entry = entry;
    const name = this.actions.nameOf(id);
    say(this.name, name === null ? String(id) : `${id} ${name}`);
    const isNew = this.dates.childNodes.length === 0;
    if (isNew || known.days !== entry.days || known.dates.join() !== entry.dates.join()) this.fillDates(entry);
    say(this.times, entry.alone ? '' : timeTexts({ ...entry, retryAt: null }, Date.now()).join(', '));
    const paused = this.actions.isPaused(id);
    this.pause.element.hidden = paused;
    this.resume.element.hidden = !paused;
    const isPaused = paused ? `Experience ${id} is paused: resume it.` : null;
    this.fetch.unless(this.isFetching ? 'It is being fetched.' : (isPaused ?? this.actions.whyNoFetch(supplier)));
  }

  private fillDates({ experienceId: id, dates, days }: ProductEntry): void {
    const links = dates.map((date) => el('a', { href: hashOf({ kind: 'day', id, date }), text: dateName(date) }));
    const more = moreDates({ dates, days });
    this.dates.replaceChildren(...links, ...(more === null ? [] : [el('span', { class: 'soft', text: more })]));
  }

  private async fetchNow(): Promise<void> {
    this.isFetching = true;
    this.fetch.unless('It is being fetched.');
    await this.actions.fetch(this.entry.experienceId, this.entry.date);
    this.isFetching = false;
    this.fill(this.entry);
  }
}
