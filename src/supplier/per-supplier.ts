import type { Supplier, Suppliers } from './suppliers.js';

/** One instance of something for each configured supplier. */
export class PerSupplier<T> {
  private readonly instances: ReadonlyMap<string, T>;

  constructor(suppliers: Suppliers, create: (supplier: Supplier) => T) {
    this.instances = new Map(suppliers.all.map((supplier) => [supplier.name, create(supplier)]));
  }

  /** Those of all suppliers, in the order of the configuration. */
  get all(): readonly T[] {
    return [...this.instances.values()];
  }

  /** @throws Error if no supplier of this name is configured: its days must not be planned or fetched */
  of(supplier: string): T {
    const found = this.instances.get(supplier);
    if (found === undefined) throw new Error(`the supplier ${supplier} is not configured`);
    return found;
  }
}
