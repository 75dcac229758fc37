import type { DayKey, SuppliedSlot } from '../inventory/index.js';
import type { SupplierQuota } from './quota.js';

export interface SupplierAnswer {
  /** The slots of the day, all of them valid; an empty list when the supplier says that there are none. */
  readonly slots: readonly SuppliedSlot[];
  /** Null: it says nothing of it, or nothing that can be. */
  readonly quota: SupplierQuota | null;
}

/** The port to a partner's inventory. One folder beside this file per partner API. */
export abstract class SupplierClient {
  /** One word for the partner: names its budget. */
  abstract readonly supplier: string;

  /**
   * Asks for one day: one request, never more.
   * @throws SupplierRefusal when it asks us to wait, SupplierFailure for everything else that is not a whole answer
   */
  abstract fetchDay(day: DayKey): Promise<SupplierAnswer>;
}
