import type { SupplierState, SyncState, SyncStatus } from '../../sync/monitoring/status.shape.js';
import type { KnownSupplier } from './known-supplier.js';
import { failuresOf, leftOutSlots, mainProblem, odditiesOf } from './problems.js';

/** The suppliers: their states as they were last heard, with the figures of the last status. */
export class KnownSuppliers {
  all: readonly KnownSupplier[] = [];

  find(name: string): KnownSupplier | undefined {
    return this.all.find((supplier) => supplier.name === name);
  }

  /** All names. @param first comes first, where it is one */
  namesFrom(first: string): readonly string[] {
    const names = this.all.map(({ name }) => name);
    return [...names.filter((name) => name === first), ...names.filter((name) => name !== first)];
  }

  takeStatus({ suppliers, errors, oddities }: SyncStatus): void {
    const problems = failuresOf(errors);
    const odd = odditiesOf(oddities);
    this.all = suppliers.map(({ products, freshness, staleSince, plan, hintedDays, ...state }) => ({
      ...state,
      figures: { products, freshness, staleSince, plan, hintedDays },
      problem: mainProblem(problems, state.name),
      leftOut: leftOutSlots(odd, state.name),
    }));
  }

  takeState({ suppliers }: Pick<SyncState, 'suppliers'>): void {
    this.all = suppliers.map((state) => {
      const { figures = null, problem = null, leftOut = null } = this.find(state.name) ?? {};
      return { ...state, figures, problem, leftOut };
    });
  }

  takeOne(state: SupplierState): void {
    this.all = this.all.map((known) => (known.name === state.name ? { ...known, ...state } : known));
  }
}
