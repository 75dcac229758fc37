import type { DayKey, Oddity, SuppliedSlot } from '../inventory/index.js';
import type { SupplierQuota } from './quota.js';

/** A wait that the supplier named beside its answer. */
export interface SupplierWait {
  /** No request is sent before this; at most a week away. */
  readonly until: Date;
  /** The cause, in one sentence of at most 300 characters; contains no secret. */
  readonly detail: string;
}

/** A list of slots from the supplier. */
export interface SupplierAnswer {
  /** The readable slots of the day; empty if the supplier says that there are none. */
  readonly slots: readonly SuppliedSlot[];
  /** The oddities of the list, one entry per kind. */
  readonly oddities: readonly Oddity[];
  /** The number of listed slots that were left out, see `slot_dropped`. */
  readonly dropped: number;
  /** The age of the answer when it was received, milliseconds. It may come from a cache (`Age`, RFC 9111 5.1). */
  readonly ageMs: number;
  /** The reported quota; null: none, or an impossible one. */
  readonly quota: SupplierQuota | null;
  /** The list is valid, but no request is sent until then, because of `Retry-After` or a used-up quota; null: neither. */
  readonly wait: SupplierWait | null;
}

/** The port to a supplier's inventory. One folder beside this file per supplier API. */
export abstract class SupplierClient {
  /** One word for the supplier, which identifies its budget. */
  abstract readonly supplier: string;
  private readonly listeners: (() => void)[] = [];

  /**
   * Fetches one day with one request. The request is repeated once if a reused connection broke without an answer.
   * @param timeZone the IANA zone of the local times of the slots
   * @throws SupplierRefusal if the answer only says to wait; SupplierFailure for everything else that is not a list of slots.
   *   A failure may name a wait too.
   */
  abstract fetchDay(day: DayKey, timeZone: string): Promise<SupplierAnswer>;

  /** Calls `listener` when a request is repeated, because the supplier may have counted it twice. */
  onRepeat(listener: () => void): void {
    this.listeners.push(listener);
  }

  protected emitRepeat(): void {
    for (const listener of this.listeners) listener();
  }
}
