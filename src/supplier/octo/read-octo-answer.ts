import { datesFrom, daysBetween, parseLocalDate, type LocalDate } from '../../time/index.js';
import { collectOddities } from '../reading/collect-oddities.js';
import { leftOut, settleListed, type ListedSlot, type SlotKey } from '../reading/listed-slots.js';
import { isSlotId, readSlotId } from '../reading/read-texts.js';
import { rememberingMask } from '../reading/remembering-mask.js';
import {
  fieldOf,
  isRecord,
  quote,
  SlotOfOtherDate,
  SlotReading,
  UnreadableSlot,
  type Note,
  type Place,
} from '../reading/slot-reading.js';
import type { DayAnswer } from '../supplier-client.js';
import { SupplierFailure } from '../supplier-error.js';
import type { ItemContext, RequestedAvailability } from './octo-request.js';
import { readItem } from './read-item.js';
import { readMirrored, readTrueAt } from './read-mirrored.js';
import { namesPrices } from './read-pax.js';
import { dateOf } from './read-times.js';
import { parsedBody } from './parsed-body.js';

/** Why an item without a price is left out, where others have one and where none has. */
const NO_PRICE = 'the slot has no price';
const NO_PRICES = 'no slot has a price: the supplier does not offer octo/pricing, or not to this key';

/** More slots than any date has. A date with more is not read. */
const MOST_SLOTS = 2_000;

type Days = ReadonlyMap<LocalDate, DayAnswer | SupplierFailure>;

/** An element of the list. */
interface Item {
  readonly index: number;
  readonly place: Place;
  /** When it starts; undefined: it can't be read. */
  readonly date: LocalDate | undefined;
}

/**
 * Reads the body of an availability answer date by date and slot by slot. A date without an item is closed.
 * @throws SupplierFailure `bad_answer` if the body is not a list of slots, or has slots and none of the requested dates
 */
export function readOctoAnswer(body: string, given: RequestedAvailability): Days {
  const requested = { ...given, mask: rememberingMask(given.mask) };
  const items = itemsOf(body, requested);
  const byDate = new Map<LocalDate, Item[]>(
    datesFrom(requested.first, daysBetween(requested.first, requested.last) + 1).map((date) => [date, []]),
  );
  for (const item of items) for (const date of concernedBy(item, requested)) byDate.get(date)?.push(item);
  const context = { ...requested, noPrice: items.some(({ place }) => namesPrices(place)) ? NO_PRICE : NO_PRICES };
  return new Map([...byDate].map(([date, ofDate]) => [date, readDate(date, ofDate, context)]));
}

/** An item out of the span is reported at its nearest date. One whose date can't be read may be of any: no date is then closed. */
function concernedBy({ date }: Item, { first, last }: RequestedAvailability): readonly LocalDate[] {
  if (date === undefined) return datesFrom(first, daysBetween(first, last) + 1);
  return [date < first ? first : date > last ? last : date];
}

/** Items of other dates are only reported here: what the day is depends on its own items alone. */
function readDate(date: LocalDate, concerning: readonly Item[], context: ItemContext): DayAnswer | SupplierFailure {
  const isOfOther = (item: Item): boolean => item.date !== undefined && item.date !== date;
  const items = concerning.filter((item) => !isOfOther(item));
  const outside = concerning.filter(isOfOther);
  if (items.length > MOST_SLOTS) return bad(`${items.length} slots on ${date}`);
  if (items.length === 0 && context.unknown.has(date))
    return new SupplierFailure('not_yet', `the supplier, a mirror, has not fetched ${date} so far`);
  const trueAt = context.mirrored ? readTrueAt(items.map(({ place }) => place)) : undefined;
  const listed = items.flatMap((item) => readListed(date, item, context) ?? []);
  const settled = settleListed(listed, context.mask, 'id');
  return {
    slots: settled.flatMap(({ slot }) => slot ?? []),
    oddities: collectOddities([
      ...settled.map(({ notes }) => notes),
      ...outside.map((item) => [outOfSpan(item, context)]),
    ]),
    dropped: settled.filter(({ slot }) => slot === null).length,
    ...(trueAt && { trueAt }),
  };
}

/** Null: the item is no slot, but says that there is none. */
function readListed(asked: LocalDate, { index, place, date }: Item, context: ItemContext): ListedSlot | null {
  const reading = new SlotReading({ date: asked, timeZone: context.timeZone }, context.mask);
  try {
    if (date === undefined) refuseUndated(reading, place);
    const slot = context.mirrored ? readMirrored(reading, place) : readItem(reading, place, context);
    return slot && { index, slot, notes: [...reading.notes.values()] };
  } catch (error) {
    if (!(error instanceof UnreadableSlot)) throw error;
    // Oddities of a slot that is left out do not matter any more.
    return leftOut(index, error.message, error instanceof SlotOfOtherDate ? null : keyOf(reading, place));
  }
}

function refuseUndated(reading: SlotReading, place: Place): never {
  if (!isRecord(place.value)) return reading.expected('a slot', place);
  return reading.expected('a date and time', fieldOf(place, 'localDateTimeStart'));
}

function outOfSpan({ place, date }: Item, { first, last }: RequestedAvailability): Note {
  const { path } = fieldOf(place, 'localDateTimeStart');
  return { code: 'other_date', detail: `${path}: ${date} is not from ${first} to ${last}, as requested` };
}

function keyOf(reading: SlotReading, place: Place): SlotKey | null {
  const id = fieldOf(place, 'id');
  return isSlotId(id.value) ? { providerSlotId: readSlotId(reading, id), variantId: null } : null;
}

function itemsOf(body: string, { first, last, mask }: RequestedAvailability): Item[] {
  const list = parsedBody(body);
  if (!Array.isArray(list)) throw bad(`expected a list of slots, got ${quote(list, mask)}`);
  const items = withDates(list.map((value: unknown, index) => ({ value, path: `[${index}]` })));
  if (items.length === 0) return items;
  const isSlotLike = ({ place, date }: Item): boolean => date !== undefined || isSlotId(fieldOf(place, 'id').value);
  if (!items.some(isSlotLike)) throw bad(`expected slots, got a list of ${items.length} without any`);
  // A supplier that does not understand the span would otherwise close all its dates.
  if (items.every(({ date }) => date !== undefined && (date < first || date > last)))
    throw bad(`requested ${datesText(first, last)}, got ${slotsText(items.length)}, all of other dates`);
  return items;
}

function datesText(first: LocalDate, last: LocalDate): string {
  return first === last ? first : `${first} to ${last}`;
}

function slotsText(number: number): string {
  return number === 1 ? '1 slot' : `${number} slots`;
}

/** Each date is parsed once: many slots share one. */
function withDates(places: readonly Place[]): Item[] {
  const dates = new Map<string, LocalDate | undefined>();
  return places.map((place, index) => {
    const text = dateOf(place) ?? '';
    if (!dates.has(text)) dates.set(text, parseLocalDate(text));
    return { index, place, date: dates.get(text) };
  });
}

function bad(detail: string): SupplierFailure {
  return new SupplierFailure('bad_answer', detail);
}
