import type { DayKey, SuppliedSlot } from '../inventory/index.js';

/** The port to a partner's inventory. One folder beside this file per partner API. */
export abstract class SupplierClient {
  /** One word for the partner: names its budget. */
  abstract readonly supplier: string;

  /**
   * Asks for one day: one request, never more.
   * @returns the slots of the day, all of them valid; an empty list when the supplier says that there are none
   * @throws SupplierRefusal when it asks us to wait, SupplierFailure for everything else that is not a whole answer
   */
  abstract fetchDay(day: DayKey): Promise<readonly SuppliedSlot[]>;
}
