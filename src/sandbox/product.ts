export interface PaxType {
  name: string;
  ages: readonly [from: number, to: number];
  capacity: number;
  /** 0 stays free whatever happens to prices. */
  cents: number;
}

export interface Product {
  id: number;
  name: string;
  variantId: number;
  /** The first part of every slot's id. */
  variantKey: string;
  currencyCode: string;
  /** Days it runs on; 0 is Sunday. */
  weekdays: readonly number[];
  times: readonly string[];
  /** Places in a slot, whoever takes them. */
  capacity: number;
  /** The first one is the primary one. */
  paxTypes: readonly [PaxType, ...PaxType[]];
  /** Every second slot of a day costs so many cents more. */
  alternateCents: number;
  /** Slots that take the primary pax type only. */
  primaryOnly: readonly { weekday: number; time: string }[];
  /** Share of a usual slot's places that is sold in the end. */
  usualDemand: number;
  /** Share of slots that sell out before they start. */
  soldOutShare: number;
}
