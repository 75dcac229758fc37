import type { Oddity, SuppliedSlot } from '../inventory/index.js';
import type { LocalDate } from '../time/index.js';
import type { SupplierFailure } from './supplier-error.js';
import type { SupplierQuota } from './quota.js';
import type { SupplierNotifications } from './supplier-notifications.js';

/** A wait that the supplier named beside its answer. */
export interface SupplierWait {
  /** No request is sent before this; at most a week away. */
  readonly until: Date;
  /** The cause, in one sentence of at most 300 characters; contains no secret. */
  readonly detail: string;
}

/** What one request asks for: consecutive dates of one product, at most `daysPerRequest` of its client. */
export interface RequestedSpan {
  /** Ours. */
  readonly experienceId: number;
  /** The supplier's ids. `option` is null where the supplier has no options. */
  readonly product: string;
  readonly option: string | null;
  /** The IANA zone of the local times of the slots. */
  readonly timeZone: string;
  readonly first: LocalDate;
  /** Inclusive. */
  readonly last: LocalDate;
}

/** What the supplier lists for one date. */
export interface DayAnswer {
  /** The readable slots of the day; empty if the supplier says that there are none. */
  readonly slots: readonly SuppliedSlot[];
  /** The oddities of the list, one entry per kind. */
  readonly oddities: readonly Oddity[];
  /** The number of listed slots that were left out, see `slot_dropped`. */
  readonly dropped: number;
  /**
   * When it was true, where the supplier says so of each day: it is a mirror itself. It has then confirmed an empty day, too.
   * Absent: when the request was sent.
   */
  readonly trueAt?: Date;
}

/** An answer of the supplier that holds what was asked for. */
export interface SupplierAnswer {
  /** An entry for each date of the span. A date whose part of the answer can't be read has a failure, and stops no other. */
  readonly days: ReadonlyMap<LocalDate, DayAnswer | SupplierFailure>;
  /** The age of the answer when it was received, milliseconds. It may come from a cache (`Age`, RFC 9111 5.1). */
  readonly ageMs: number;
  /** The reported quota; null: none, or an impossible one. */
  readonly quota: SupplierQuota | null;
  /** The answer is valid, but no request is sent until then, because of `Retry-After` or a used-up quota; null: neither. */
  readonly wait: SupplierWait | null;
}

/** A product, or one option of it, as the supplier lists it. */
export interface ListedProduct {
  readonly product: string;
  readonly option: string | null;
  /** For people; at most 200 characters. */
  readonly name: string;
  /** IANA; null: the supplier names none, or an unknown one. */
  readonly timeZone: string | null;
  /** ISO 4217; null: the supplier names none. */
  readonly currencyCode: string | null;
}

/** The port to one supplier. Each API has a folder beside this file, see `supplier-api.ts`. */
export abstract class SupplierClient {
  private readonly extraListeners: (() => void)[] = [];
  private readonly waitListeners: ((wait: SupplierWait) => void)[] = [];

  /** The most dates that one request may ask for. */
  abstract readonly daysPerRequest: number;

  /**
   * Fetches a span with one request, and within the time limit of one. The request is repeated once if a reused connection
   * broke without an answer. `onExtraRequest` reports that, and other requests that the span needs now and then.
   * @throws SupplierRefusal if the answer only says to wait; SupplierFailure for everything else that is not an answer for the
   *   span as a whole. A failure may name a wait too.
   */
  abstract fetchSpan(span: RequestedSpan): Promise<SupplierAnswer>;

  /** Whether the API has a list of products. */
  readonly listsProducts: boolean = false;

  /**
   * The products that can be mirrored, with one request. Only for APIs that have a list.
   * @throws as `fetchSpan`
   */
  listProducts(): Promise<readonly ListedProduct[]> {
    return Promise.reject(new Error('this API has no list of products'));
  }

  /**
   * The supplier says that the product itself has changed. What is remembered of it is fetched anew before its next days. Only for
   * APIs whose days are read by their product.
   */
  noteProductChange?(product: string): void;

  /** How to subscribe to the supplier's notifications; null: the API has no subscriptions. */
  readonly notifications: SupplierNotifications | null = null;

  /**
   * Calls `listener` before a call takes one more request than the one that it is granted: a repeat, which the supplier may
   * count, or a request for something else that the answer needs.
   */
  onExtraRequest(listener: () => void): void {
    this.extraListeners.push(listener);
  }

  /** Calls `listener` when an answer names a wait, of a call whose result has no place for it. */
  onWait(listener: (wait: SupplierWait) => void): void {
    this.waitListeners.push(listener);
  }

  protected emitExtraRequest(): void {
    for (const listener of this.extraListeners) listener();
  }

  protected emitWait(wait: SupplierWait): void {
    for (const listener of this.waitListeners) listener(wait);
  }
}
