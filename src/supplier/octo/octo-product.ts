import type { PaxCategory } from '../../inventory/index.js';

/** What a product says about the units that can be booked. */
export interface OctoProduct {
  readonly id: string;
  /** For people; null: none. */
  readonly name: string | null;
  /** IANA; null: none, or an unknown one. */
  readonly timeZone: string | null;
  /** ISO 4217; null: none. */
  readonly currency: string | null;
  /** The default option first. */
  readonly options: readonly OctoOption[];
}

export interface OctoOption {
  readonly id: string;
  readonly name: string | null;
  /** By id, in the order of the product. */
  readonly units: ReadonlyMap<string, OctoUnit>;
}

export interface OctoUnit {
  readonly id: string;
  readonly name: string | null;
  readonly category: PaxCategory | null;
  readonly minAge: number | null;
  readonly maxAge: number | null;
  /** The least and most of it in a booking; null: no bound. */
  readonly min: number | null;
  readonly max: number | null;
  /** The places that one unit takes, at least 1. */
  readonly places: number;
}

/** @param id null: the default option */
export function optionOf({ options }: OctoProduct, id: string | null): OctoOption | undefined {
  return id === null ? options[0] : options.find((option) => option.id === id);
}
