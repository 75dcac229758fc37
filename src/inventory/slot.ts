import type { LocalDate } from '../time/index.js';

/** Money in the currency's major unit, as the supplier gave it. */
export interface Price {
  readonly finalPrice: number;
  /** Null: the supplier names none. */
  readonly originalPrice: number | null;
  /** May be below zero: a surcharge. Null: the supplier names none. */
  readonly discount: number | null;
  readonly currencyCode: string;
}

/** What is available of a slot for one pax type (adult, child, …). Counts are whole numbers from 0 to 2^53 − 1. */
export interface PaxAvailability {
  readonly type: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly isPrimary: boolean;
  /** How many of this type one booking takes, least and most. Null: no bound. */
  readonly min: number | null;
  readonly max: number | null;
  /** Null: unlimited. */
  readonly remaining: number | null;
  readonly price: Price;
}

/** A start time of an experience on a date, as a supplier lists it. At least one pax type, and each type once. */
export interface SuppliedSlot {
  readonly startDate: LocalDate;
  /** `HH:MM`, local, from 00:00 to 23:59. */
  readonly startTime: string;
  /** `HH:MM`, local, or `24:00`; before the start time: on the next date. Null: the supplier names none. */
  readonly endTime: string | null;
  /** The supplier's key, unique within the day and variant. */
  readonly providerSlotId: string;
  readonly variantId: number | null;
  /** Null: unlimited. */
  readonly remaining: number | null;
  readonly currencyCode: string;
  readonly paxAvailability: readonly PaxAvailability[];
}

/** A slot as it is stored and served: its price is that of its primary pax type. */
export interface Slot extends SuppliedSlot {
  readonly price: Price;
}
