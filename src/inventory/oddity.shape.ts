import * as s from '../schema/index.js';

/**
 * What was odd about an answer that was accepted. Stable: clients and dashboards name it.
 *
 * - `slot_dropped`: a slot could not be read, or contradicts the rest of the answer: it is left out
 * - `other_date`: a slot of a date that was not asked for is left out
 * - `negative_count`: a count below zero was read as 0
 * - `duplicate_pax_type`: a pax type is listed twice in a slot: the first one was taken, with the lesser of what remains
 * - `several_primaries`: several pax types of a slot are primary: the first one was taken
 * - `unreadable_label`: a name or description can't be stored: it is left out
 * - `unreadable_amount`: an original price or a discount is no amount, or a unit has no price though others of its slot have one: it is left out
 * - `missing_count`: a slot that can be booked names no number of places: it was read as unlimited
 * - `unreadable_cutoff`: the instant until which a slot can be booked can't be read: it is ignored
 * - `unknown_pax_type`: a priced pax type that the product does not list: it has no name, category, ages and bounds
 */
const ODDITY_CODES = [
  'slot_dropped',
  'other_date',
  'negative_count',
  'duplicate_pax_type',
  'several_primaries',
  'unreadable_label',
  'unreadable_amount',
  'missing_count',
  'unreadable_cutoff',
  'unknown_pax_type',
] as const;
export type OddityCode = (typeof ODDITY_CODES)[number];

/** One kind of oddity in one answer. The detail holds no secret, and has at most 300 characters. */
export const oddity = s.object({
  code: s.oneOf(ODDITY_CODES, 'Stable: what was odd', 'negative_count'),
  detail: s.text('Where it was seen first, and what was there', '[2].remaining: -2 was read as 0'),
  slots: s.count('How many slots it concerns', 1),
});

export type Oddity = s.TypeOf<typeof oddity>;
