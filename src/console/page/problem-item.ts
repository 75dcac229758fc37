import { el, say } from './dom.js';
import { KeyedList, type KeyedItem } from './keyed-list.js';
import { hashOf } from './places.js';
import { ProblemProductItem, type ProblemProductActions, type ProductEntry } from './problem-product-item.js';
import { extentText, timeTexts } from './problem-text.js';
import type { Problem } from './problems.js';

export type ProblemActions = ProblemProductActions;

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
  private isChosen = false;

  constructor(actions: ProblemActions, fetchText: string) {
    const list = el('ul', { class: 'problem-products' });
    this.products = new KeyedList(list, (product) => new ProblemProductItem(product, actions, fetchText));
    const summary = el('summary', { click: () => (this.isChosen = true) }, this.extent, ' ', this.times);
    this.details = el('details', {}, summary, list);
    const head = el('h4', {}, this.supplier, ' ', el('code', {}, this.cause), ' ', this.words);
    this.element = el('li', { class: 'problem', tabindex: '-1' }, head, this.advice, this.details);
  }

  fill(problem: Problem): void {
    const { supplier, cause, words, advice, products } = problem;
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
    this.products.show(products.map((product) => [String(product.experienceId), { ...product, supplier, alone }]));
  }

  /** All of it, with the focus on it. */
  reveal(): void {
    this.isChosen = true;
    this.details.open = true;
    this.element.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: 'start' });
  }
}
