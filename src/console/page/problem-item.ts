import { ActionButton } from './action-button.js';
import { el, say } from './dom.js';
import { KeyedList, type KeyedItem } from './keyed-list.js';
import { hashOf } from './places.js';
import { ProblemProductItem, type ProblemProductActions, type ProductEntry } from './problem-product-item.js';
import { extentText, timeTexts } from './problem-text.js';
import type { Problem, ProblemProduct } from './problems.js';

export interface ProblemActions extends ProblemProductActions {
  /** Of each product the day that it was seen on last. */
  fetchAll(products: readonly ProblemProduct[]): Promise<void>;
}

/** So many products are seen at once; of more the reader decides. */
const FEW = 3;

/** What is wrong with products of one supplier for one cause: count, times, the supplier's words, what to do, which days. */
export class ProblemItem implements KeyedItem<Problem> {
  readonly element: HTMLElement;
  private readonly supplier = el('a', { class: 'problem-supplier' });
  private readonly cause = el('a', { title: 'The address of this problem' });
  private readonly words = el('span', { class: 'words' });
  private readonly extent = el('span');
  private readonly times = el('span', { class: 'soft' });
  private readonly advice = el('p', { class: 'advice' });
  private readonly details: HTMLDetailsElement;
  private readonly products: KeyedList<ProductEntry>;
  private readonly fetchAll: ActionButton;
  private problem: Problem | undefined;
  private isChosen = false;
  private isFetching = false;

  constructor(
    private readonly actions: ProblemActions,
    fetchText: string,
  ) {
    this.fetchAll = new ActionButton(`${fetchText} all`, () => void this.fetchNow());
    const list = el('ul', { class: 'problem-products' });
    this.products = new KeyedList(list, (product) => new ProblemProductItem(product, actions, fetchText));
    const summary = el('summary', { click: () => (this.isChosen = true) }, this.extent, ' ', this.times);
    this.details = el('details', {}, summary, list);
    const line = el('div', { class: 'problem-line' }, this.details, this.fetchAll.element);
    const head = el('h4', {}, this.supplier, ' ', el('code', {}, this.cause), ' ', this.words);
    this.element = el('li', { class: 'problem', tabindex: '-1' }, head, this.advice, line);
  }

  fill(problem: Problem): void {
    const { supplier, cause, words, advice, products } = problem;
    this.problem = problem;
    say(this.supplier, supplier);
    this.supplier.setAttribute('href', hashOf({ kind: 'supplier', name: supplier }));
    say(this.cause, cause);
    this.cause.setAttribute('href', hashOf({ kind: 'problem', supplier, cause }));
    say(this.words, words);
    say(this.extent, extentText(problem));
    say(this.times, timeTexts(problem, Date.now()).join(' · '));
    say(this.advice, advice);
    if (!this.isChosen) this.details.open = products.length <= FEW;
    const alone = products.length === 1;
    this.fetchAll.element.hidden = alone;
    this.fetchAll.element.setAttribute('aria-label', `${this.fetchAll.element.textContent} (${supplier} ${cause})`);
    this.fetchAll.unless(this.isFetching ? 'They are being fetched.' : this.actions.whyNoFetch(supplier));
    this.products.show(products.map((product) => [String(product.experienceId), { ...product, supplier, alone }]));
  }

  private async fetchNow(): Promise<void> {
    if (!this.problem) return;
    this.isFetching = true;
    this.fill(this.problem);
    await this.actions.fetchAll(this.problem.products);
    this.isFetching = false;
    this.fill(this.problem);
  }

  /** All of it, with the focus on it. */
  reveal(): void {
    this.isChosen = true;
    this.details.open = true;
    this.element.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: 'start' });
  }
}
