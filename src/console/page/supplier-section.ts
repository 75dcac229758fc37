import { byId, say } from './dom.js';
import { moment } from './format.js';
import { KeyedList } from './keyed-list.js';
import type { KnownSupplier } from './known-supplier.js';
import { pageState } from './page-state.js';
import type { ServerSight } from './server-sight.js';
import { showHead } from './state-line.js';
import { SupplierLine } from './supplier-line.js';
import type { SupplierSteering } from './supplier-steering.js';
import { supplierText } from './supplier-text.js';

/** A line per supplier, and the worst of them in the head of the page. */
export class SupplierSection {
  private readonly lines: KeyedList<KnownSupplier>;

  constructor(steering: SupplierSteering) {
    this.lines = new KeyedList(byId('suppliers'), (supplier) => new SupplierLine(supplier, steering));
  }

  /** @param paused the whole sync is paused */
  show(suppliers: readonly KnownSupplier[], paused: boolean, sight: ServerSight): void {
    const now = Date.now();
    if (suppliers.length > 0) byId('suppliers').querySelector('.skeleton')?.remove();
    this.lines.show(suppliers.map((supplier) => [supplier.name, supplier]));
    const texts = suppliers.map((supplier) => ({ name: supplier.name, text: supplierText(supplier, now) }));
    showHead(pageState(texts, paused), sight.lost ? sight.asOf : undefined);
    const { figuresAsOf } = sight;
    byId('console').classList.toggle('lost', figuresAsOf !== undefined);
    const asOf = figuresAsOf === undefined ? '' : `as of ${moment(new Date(figuresAsOf).toISOString(), now)}`;
    for (const box of document.querySelectorAll<HTMLElement>('.as-of')) say(box, asOf);
  }
}
