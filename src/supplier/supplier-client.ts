import type { DayKey, Oddity, SuppliedSlot } from '../inventory/index.js';
import type { SupplierQuota } from './quota.js';

/** Until when the supplier wants not to be asked, said beside what it answered. */
export interface SupplierWait {
  /** Nothing is asked before; a week away at most. */
  readonly until: Date;
  /** Why, in one sentence of at most 300 characters; holds no secret. */
  readonly detail: string;
}

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
  /** What is left of it, 0 included; null: the answer says nothing of it, or nothing that can be. */
  readonly quota: SupplierQuota | null;
  /** The list holds, and nothing more is asked until then: it sent `Retry-After`, or its quota is used up. Null: neither. */
  readonly wait: SupplierWait | null;
}

/** The port to a supplier's inventory. One folder beside this file per supplier API. */
export abstract class SupplierClient {
  /** One word for the supplier: names its budget. */
  abstract readonly supplier: string;
  private readonly listeners: (() => void)[] = [];

  /**
   * Asks for one day: one request, which is repeated once where a connection that was used before broke without an answer.
   * @param timeZone the IANA zone that the times of the day's slots are local to
   * @throws SupplierRefusal when it answers no more than that we shall wait, SupplierFailure for everything else that is
   *   not a list of slots; that may carry a wish to wait, too
   */
  abstract fetchDay(day: DayKey, timeZone: string): Promise<SupplierAnswer>;

  /** Has `listener` called when a request is repeated: the supplier may have counted it twice. */
  onRepeat(listener: () => void): void {
    this.listeners.push(listener);
  }

  protected tellRepeat(): void {
    for (const listener of this.listeners) listener();
  }
}
