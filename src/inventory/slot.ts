import type { LocalDate } from '../time/index.js';

/** Money in the currency's major unit, as the partner gave it. */
export interface Price {
  readonly finalPrice: number;
  readonly originalPrice: number;
  readonly discount: number;
  readonly currencyCode: string;
}

/** What is available of a slot for one pax type (adult, child, …). */
export interface PaxAvailability {
  readonly type: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly isPrimary: boolean;
  /** How many of this type one booking takes, least and most. */
  readonly min: number;
  readonly max: number;
  readonly remaining: number;
  readonly price: Price;
}

/** A start time of an experience on a date, as a supplier lists it. At least one pax type. */
export interface SuppliedSlot {
  readonly startDate: LocalDate;
  /** `HH:MM`, local. */
  readonly startTime: string;
  readonly endTime: string;
  /** The supplier's key, unique within the day. */
  readonly providerSlotId: string;
  readonly variantId: number;
  readonly remaining: number;
  readonly currencyCode: string;
  readonly paxAvailability: readonly PaxAvailability[];
}

/** A slot as it is stored and served: its price is that of its primary pax type. */
export interface Slot extends SuppliedSlot {
  readonly price: Price;
}
