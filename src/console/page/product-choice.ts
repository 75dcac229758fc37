import type { ImportReport, ProductList } from '../../sync/suppliers/supplier.shape.js';
import { el } from './dom.js';
import { listText } from './import-text.js';
import { hashOf } from './places.js';

type Product = ProductList['products'][number];

interface Row {
  product: Product;
  readonly element: HTMLElement;
  readonly box: HTMLInputElement;
}

/** A list of products to choose from. Those that are mirrored already lead to their experience. */
export class ProductChoice {
  readonly elements: readonly HTMLElement[];
  private readonly rows: Row[];
  private readonly count = el('p', { class: 'soft' });
  private readonly filter = el('input', {
    type: 'search',
    placeholder: 'Filter by name or id',
    'aria-label': 'Filter',
  });
  private readonly all = el('input', { type: 'checkbox', id: 'all-products' });

  /** @param changed other products are chosen */
  constructor(products: readonly Product[], changed: () => void) {
    const settled = () => {
      this.settle();
      changed();
    };
    this.rows = products.map((product, i) => rowOf(product, i, settled));
    this.filter.addEventListener('input', () => this.narrow());
    this.all.addEventListener('change', () => {
      for (const row of this.open()) row.box.checked = this.all.checked;
      changed();
    });
    const head = el(
      'p',
      { class: 'choice-all' },
      this.all,
      el('label', { for: 'all-products', text: 'All that are not mirrored' }),
    );
    const list = el('ul', { class: 'products' }, ...this.rows.map(({ element }) => element));
    this.elements = [this.count, this.filter, head, list];
    this.settle();
  }

  get chosen(): readonly Product[] {
    return this.rows
      .filter(({ box, product }) => box.checked && product.experienceId === null)
      .map(({ product }) => product);
  }

  /** These are mirrored now. */
  imported(experiences: ImportReport['experiences']): void {
    const ids = new Map(experiences.map((added) => [keyOf(added), added.experienceId]));
    for (const row of this.rows) {
      const experienceId = ids.get(keyOf(row.product));
      if (experienceId === undefined) continue;
      row.product = { ...row.product, experienceId };
      row.box.checked = false;
      row.box.replaceWith(mirroredLink(experienceId));
    }
    this.settle();
  }

  /** Those that are seen and can be chosen. */
  private open(): readonly Row[] {
    return this.rows.filter(({ product, element }) => product.experienceId === null && !element.hidden);
  }

  private narrow(): void {
    const text = this.filter.value.trim().toLowerCase();
    for (const { product, element } of this.rows) {
      const { name, product: id, option } = product;
      element.hidden = ![name, id, option ?? ''].some((part) => part.toLowerCase().includes(text));
    }
    this.settle();
  }

  private settle(): void {
    const open = this.open();
    this.all.disabled = open.length === 0;
    this.all.checked = open.length > 0 && open.every(({ box }) => box.checked);
    this.count.textContent = listText(this.rows.map(({ product }) => product));
  }
}

function rowOf(product: Product, i: number, changed: () => void): Row {
  const { product: id, option, name, timeZone, currencyCode, experienceId } = product;
  const box = el('input', { type: 'checkbox', id: `product-${i}` });
  box.addEventListener('change', changed);
  const ids = option === null ? id : `${id} / ${option}`;
  const about = [ids, timeZone ?? 'no zone named', currencyCode ?? 'no currency named'].join(' · ');
  const label = el(
    'label',
    { for: `product-${i}` },
    el('b', { text: name }),
    el('span', { class: 'soft', text: about }),
  );
  const element = el('li', {}, experienceId === null ? box : mirroredLink(experienceId), label);
  return { product, element, box };
}

function mirroredLink(id: number): HTMLElement {
  return el('a', { href: hashOf({ kind: 'experience', id }), text: 'mirrored', 'aria-label': `mirrored as ${id}` });
}

function keyOf({ product, option }: Pick<Product, 'product' | 'option'>): string {
  return JSON.stringify([product, option]);
}
