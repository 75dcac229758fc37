import { createHash } from 'node:crypto';
import type { PaxAvailability, Price, Slot, SuppliedSlot } from './slot.js';

/** The calendar's view of a day. `price` is null when no slot is open. */
export interface DaySummary {
  readonly openSlots: number;
  /** Sum over the open slots. */
  readonly remaining: number;
  /** Of the cheapest open slot. */
  readonly price: Price | null;
}

/** A day as one value: what is stored, served and compared. */
export interface DayDocument {
  /** The slots as JSON text, exactly as they are served. */
  readonly json: string;
  /** Equal for equal documents. */
  readonly fingerprint: string;
  readonly summary: DaySummary;
  /** Local `HH:MM` from which on nobody can book the day any more; null: until its date is over. */
  readonly lastStart: string | null;
}

/**
 * Brings a supplier's answer into the one form in which a day is stored: slots by start time, the primary pax type first
 * and the others as listed, fields in the order of the public contract. Two answers that say the same give the same
 * document, in whatever order the supplier lists them.
 */
export function dayDocument(answer: readonly SuppliedSlot[]): DayDocument {
  const slots = answer.map(toSlot).sort(byStart);
  const json = JSON.stringify(slots);
  return { json, fingerprint: fingerprintOf(json), summary: summarise(slots), lastStart: lastStartOf(slots) };
}

/** 128 bits of SHA-256, URL-safe: also fit for an ETag. */
export function fingerprintOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** What a day without slots is. */
export const CLOSED_FINGERPRINT = fingerprintOf('[]');

const ALL_DAY = '00:00';
/** A slot as long as this is the time in which one may come, not the tour that one joins. Minutes. */
const ENTRY_MINUTES = 240;

function lastStartOf(slots: readonly Slot[]): string | null {
  if (slots.some((slot) => slot.startTime === ALL_DAY)) return null;
  return slots.reduce<string | null>((last, slot) => {
    const long = minutesOf(slot.endTime) - minutesOf(slot.startTime) >= ENTRY_MINUTES;
    const closes = long ? slot.endTime : slot.startTime;
    return last === null || closes > last ? closes : last;
  }, null);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function toSlot(slot: SuppliedSlot): Slot {
  const primary = slot.paxAvailability.find((pax) => pax.isPrimary) ?? slot.paxAvailability[0];
  if (!primary) throw new TypeError(`slot ${slot.providerSlotId} has no pax type`);
  const others = slot.paxAvailability.filter((pax) => pax !== primary);
  return {
    startDate: slot.startDate,
    startTime: slot.startTime,
    endTime: slot.endTime,
    providerSlotId: slot.providerSlotId,
    variantId: slot.variantId,
    remaining: slot.remaining,
    currencyCode: slot.currencyCode,
    price: toPrice(primary.price),
    paxAvailability: [primary, ...others].map(toPax),
  };
}

function toPax(pax: PaxAvailability): PaxAvailability {
  return {
    type: pax.type,
    name: pax.name,
    description: pax.description,
    isPrimary: pax.isPrimary,
    min: pax.min,
    max: pax.max,
    remaining: pax.remaining,
    price: toPrice(pax.price),
  };
}

function toPrice(price: Price): Price {
  return {
    finalPrice: price.finalPrice,
    originalPrice: price.originalPrice,
    discount: price.discount,
    currencyCode: price.currencyCode,
  };
}

function byStart(a: Slot, b: Slot): number {
  return compare(a.startTime, b.startTime) || compare(a.providerSlotId, b.providerSlotId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function summarise(slots: readonly Slot[]): DaySummary {
  const open = slots.filter((slot) => slot.remaining > 0);
  const cheapest = open.reduce<Slot | undefined>(
    (best, slot) => (best && best.price.finalPrice <= slot.price.finalPrice ? best : slot),
    undefined,
  );
  return {
    openSlots: open.length,
    remaining: open.reduce((sum, slot) => sum + slot.remaining, 0),
    price: cheapest?.price ?? null,
  };
}
