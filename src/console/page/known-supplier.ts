import type { SupplierFigures, SupplierState } from '../../sync/monitoring/status.shape.js';

/** What most of the failing products of a supplier have in common. */
export interface MainProblem {
  readonly words: string;
  readonly advice: string;
  /** When the first of its days is tried again; null: not known. */
  readonly retryAt: string | null;
}

/** Slots of accepted answers that could not be read, and so are not sold. */
export interface LeftOut {
  readonly products: number;
  /** ISO 8601 UTC. */
  readonly since: string;
  readonly words: string;
  readonly advice: string;
}

/** A supplier as the page knows it. Its state comes live, its figures come with the status, a little later. */
export interface KnownSupplier extends SupplierState {
  /** Null: no status came so far. */
  readonly figures: SupplierFigures | null;
  /** Null: no product fails. */
  readonly problem: MainProblem | null;
  /** Null: all slots could be read. */
  readonly leftOut: LeftOut | null;
}
