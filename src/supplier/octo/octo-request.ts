import type { Mask } from '../../secrets/index.js';
import type { LocalDate } from '../../time/index.js';
import type { OctoUnit } from './octo-product.js';

/** What the availability of a span is read by. */
export interface RequestedAvailability {
  readonly first: LocalDate;
  /** Inclusive. */
  readonly last: LocalDate;
  /** The IANA zone of the experience. */
  readonly timeZone: string;
  /** When the request was sent. */
  readonly sentAt: Date;
  /** The units of the option by id; empty: unknown. */
  readonly units: ReadonlyMap<string, OctoUnit>;
  /** Currencies in the order of preference. The last one is that of prices that name none. */
  readonly currencies: readonly string[];
  readonly mask: Mask;
  /** The supplier is a mirror, and each item has the stored slot. */
  readonly mirrored: boolean;
  /** Dates that the supplier does not know yet. */
  readonly unknown: ReadonlySet<string>;
}

/** What an item of the answer is read by. */
export interface ItemContext extends RequestedAvailability {
  /** Why an item without a price is left out. */
  readonly noPrice: string;
}
