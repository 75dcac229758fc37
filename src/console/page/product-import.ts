import type { ImportReport, ProductList } from '../../sync/suppliers/supplier.shape.js';
import { ActionButton } from './action-button.js';
import { ApiError } from './api-error.js';
import type { Api } from './api.js';
import { el } from './dom.js';
import { importProblem, importText } from './import-text.js';
import { ProductChoice } from './product-choice.js';
import { hashOf } from './places.js';
import type { SidePanel } from './side-panel.js';
import { WAITING, withinBudget } from './within-budget.js';

export interface ProductImportActions {
  /** Something was added. */
  changed(): void;
  /** By its id, where the supplier has no list. */
  addExperience(supplier: string): void;
}

/** The products that a supplier lists; some or all of them are imported. */
export class ProductImport {
  constructor(
    private readonly api: Api,
    private readonly side: SidePanel,
    private readonly actions: ProductImportActions,
  ) {}

  open(name: string): Promise<void> {
    const box = el('div', { class: 'import' });
    const said = el('p', { class: 'reason', role: 'status' });
    void this.load(name, box, said);
    const back = el(
      'p',
      { class: 'way' },
      el('a', { href: hashOf({ kind: 'supplier', name }), text: `Supplier ${name}` }),
    );
    return this.side.open(`products ${name}`, `Products of ${name}`, () =>
      Promise.resolve({ title: `Products of ${name}`, content: [back, said, box] }),
    );
  }

  private async load(name: string, box: HTMLElement, said: HTMLElement): Promise<void> {
    said.textContent = `Reading the list of ${name}: this takes one request of its budget…`;
    box.replaceChildren();
    try {
      const list = await withinBudget(() => this.api.get<ProductList>(pathOf(name, 'products')), WAITING);
      said.textContent = '';
      this.show(name, list, box, said);
    } catch (error) {
      said.textContent = problemText(name, error);
      const again = el('button', { type: 'button', text: 'Try again', click: () => void this.load(name, box, said) });
      box.replaceChildren(again);
    }
  }

  private show(name: string, { listed, products }: ProductList, box: HTMLElement, said: HTMLElement): void {
    if (!listed) {
      const text = `The API of ${name} has no list of products: add each by its id.`;
      const add = el('button', {
        type: 'button',
        text: 'Add experience…',
        click: () => this.actions.addExperience(name),
      });
      box.replaceChildren(el('p', { text }), el('p', {}, add));
      return;
    }
    const choice = new ProductChoice(products, () => this.fill(button, choice, false));
    const button = new ActionButton('', () => void this.import(name, choice, button, said), 'primary');
    this.fill(button, choice, false);
    box.replaceChildren(...choice.elements, el('div', { class: 'actions' }, button.element));
  }

  private fill(button: ActionButton, { chosen }: ProductChoice, isBusy: boolean): void {
    const text = chosen.length === 1 ? '1 product' : `${chosen.length} products`;
    button.element.textContent = isBusy ? 'Importing…' : chosen.length === 0 ? 'Import' : `Import ${text}`;
    button.unless(isBusy ? 'The import is under way.' : chosen.length === 0 ? 'Choose products first.' : null);
  }

  private async import(name: string, choice: ProductChoice, button: ActionButton, said: HTMLElement): Promise<void> {
    const products = choice.chosen.map(({ product, option }) => ({ product, option }));
    this.fill(button, choice, true);
    try {
      const body = { products };
      const report = await withinBudget(() => this.api.post<ImportReport>(pathOf(name, 'import'), body), WAITING);
      said.textContent = importText(report);
      choice.imported(report.experiences);
      this.actions.changed();
    } catch (error) {
      said.textContent = problemText(name, error);
    }
    this.fill(button, choice, false);
  }
}

function problemText(name: string, error: unknown): string {
  return error instanceof ApiError ? importProblem(name, error, Date.now()) : String(error);
}

function pathOf(name: string, what: string): string {
  return `/api/v1/supplier/${encodeURIComponent(name)}/${what}`;
}
