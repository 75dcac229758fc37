import { el } from './dom.js';
import type { KnownSupplier } from './known-supplier.js';
import type { KnownSuppliers } from './known-suppliers.js';
import { hashOf } from './places.js';
import type { Shown, SidePanel } from './side-panel.js';
import { supplierFacts } from './supplier-facts.js';
import { SupplierLine } from './supplier-line.js';
import type { SupplierSteering } from './supplier-steering.js';

/** One supplier: how it stands, what an admin may do, and all its figures. */
export class SupplierPanel {
  private line: SupplierLine | undefined;
  private facts = el('dl');
  private name = '';

  constructor(
    private readonly side: SidePanel,
    private readonly known: KnownSuppliers,
    private readonly steering: SupplierSteering,
  ) {}

  open(name: string): Promise<void> {
    this.name = name;
    this.line = undefined;
    return this.side.open(keyOf(name), `Supplier ${name}`, () => Promise.resolve(this.load(name)));
  }

  /** Figures have come anew, or time has gone by. */
  update(): void {
    if (this.side.shown !== keyOf(this.name)) return;
    const supplier = this.known.find(this.name);
    if (supplier && this.line) this.fill(supplier);
    else void this.open(this.name);
  }

  private load(name: string): Shown {
    const supplier = this.known.find(name);
    if (!supplier) {
      const text = this.known.all.length === 0 ? 'Loading…' : `No supplier is named ${name}.`;
      return { title: name, content: [el('p', { class: 'reason', text })] };
    }
    this.line = new SupplierLine(supplier, this.steering, 'div');
    this.facts = el('dl');
    this.fill(supplier);
    const link = el('a', { href: hashOf({ kind: 'products', name }), text: 'Import products…' });
    return {
      title: `Supplier ${name}, ${supplier.api}`,
      content: [this.line.element, el('p', { class: 'way' }, link), el('h3', { text: 'Figures' }), this.facts],
    };
  }

  private fill(supplier: KnownSupplier): void {
    this.line?.fill(supplier);
    const facts = supplierFacts(supplier, Date.now());
    this.facts.replaceChildren(...facts.flatMap(([name, text]) => [el('dt', { text: name }), el('dd', { text })]));
  }
}

function keyOf(name: string): string {
  return `supplier ${name}`;
}
