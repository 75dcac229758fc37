import type { DayKey, Oddity, SuppliedSlot } from '../inventory/index.js';
import type { SupplierQuota } from './quota.js';

/** A list of slots that the supplier answered with. */
export interface SupplierAnswer {
  /** The slots of the day that could be read; an empty list when the supplier says that there are none. */
  readonly slots: readonly SuppliedSlot[];
  /** What was odd about the list, one entry a kind. */
  readonly oddities: readonly Oddity[];
  /** How many slots were listed but left out, see `slot_dropped`. */
  readonly dropped: number;
  /** How old the answer was when it was received, milliseconds: it may come from a cache (`Age`, RFC 9111 5.1). */
  readonly ageMs: number;
  /** Null: it says nothing of it, or nothing that can be. */
  readonly quota: SupplierQuota | null;
}

/** The port to a supplier's inventory. One folder beside this file per supplier API. */
export abstract class SupplierClient {
  /** One word for the supplier: names its budget. */
  abstract readonly supplier: string;

  /**
   * Asks for one day: one request, which is repeated once where a connection that was used before broke without an answer.
   * @param timeZone the IANA zone that the times of the day's slots are local to
   * @throws SupplierRefusal when it asks us to wait, SupplierFailure for everything else that is not a list of slots
   */
  abstract fetchDay(day: DayKey, timeZone: string): Promise<SupplierAnswer>;
}
