/** What was odd about an answer that was taken all the same. Stable: clients and dashboards name it. */
export type OddityCode =
  | 'slot_dropped' // a slot could not be read, or contradicts the rest of the answer: it is left out
  | 'negative_count' // a count below zero was read as 0
  | 'duplicate_pax_type' // a pax type is listed twice in a slot: the first one was taken, with the lesser of what remains
  | 'several_primaries' // several pax types of a slot are primary: the first one was taken
  | 'unreadable_label' // a name or description can't be stored: it is left out
  | 'unreadable_amount'; // an original price or a discount is no amount: it is left out

/** One kind of oddity in one answer. */
export interface Oddity {
  readonly code: OddityCode;
  /** Where it was seen first, and what stood there; holds no secret, at most 300 characters. */
  readonly detail: string;
  /** How many slots it concerns. */
  readonly slots: number;
}
