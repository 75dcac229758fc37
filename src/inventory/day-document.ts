import { createHash } from 'node:crypto';
import { lastClosing } from './closing-time.js';
import { summaryInTime } from './closings.js';
import type { DaySummary } from './day-summary.js';
import { shortSlots, shortText } from './short-slots.js';
import { placesOf } from './bookable.js';
import { compareText, inPaxOrder, primaryOf } from './primary-pax.js';
import type { PaxAvailability, Price, Slot, SuppliedSlot } from './slot.js';

export type { DaySummary } from './day-summary.js';

/** A day as one value, which is stored, served and compared. */
export interface DayDocument {
  /** The slots as JSON text, exactly as they are served. */
  readonly json: string;
  /** Equal for equal documents with the same number of dropped slots. */
  readonly fingerprint: string;
  readonly summary: DaySummary;
  /** The summary after each closing, JSON text, see `closings.ts`. Null: no slot is bookable. */
  readonly closings: string | null;
  /** The slots as parties are fitted into them, see `shortText`. Null: no slot is listed. */
  readonly short: string | null;
  /** Local `HH:MM` from which nobody can book the day any more; null: it is bookable until its date is over. */
  readonly lastStart: string | null;
  /** The number of listed slots that were left out of the document. */
  readonly dropped: number;
}

/**
 * Converts a supplier's answer to the canonical form of a day: slots by start time, id and variant; the primary pax type first
 * and the others by type; fields in the order of the public contract. Two answers with the same content give the same
 * document, whatever the order of the supplier's slots, pax types and fields.
 */
export function dayDocument(answer: readonly SuppliedSlot[], dropped = 0): DayDocument {
  const slots = answer.map(toSlot).sort(inSlotOrder);
  const json = JSON.stringify(slots);
  // A day with dropped slots must not look like a closed day.
  const fingerprint = fingerprintOf(dropped === 0 ? json : `${json} dropped ${dropped}`);
  const short = slots.length === 0 ? null : shortText(shortSlots(slots));
  return { json, fingerprint, ...summaryInTime(slots), short, lastStart: lastClosing(slots), dropped };
}

/** 128 bits of SHA-256, URL-safe, so that it can be used in an ETag. */
export function fingerprintOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}

/** The fingerprint of a day without slots. */
export const CLOSED_FINGERPRINT = fingerprintOf('[]');

function toSlot(slot: SuppliedSlot): Slot {
  const paxTypes = inPaxOrder(slot.paxAvailability);
  const primary = primaryOf(paxTypes);
  if (!primary) throw new TypeError(`slot ${slot.providerSlotId} has no pax type`);
  return {
    startDate: slot.startDate,
    startTime: slot.startTime,
    endTime: slot.endTime,
    providerSlotId: slot.providerSlotId,
    variantId: slot.variantId,
    remaining: slot.remaining,
    currencyCode: slot.currencyCode,
    price: toPrice(primary.price),
    paxAvailability: paxTypes.map(toPax),
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
    category: pax.category,
    minAge: pax.minAge,
    maxAge: pax.maxAge,
    ...(placesOf(pax) !== 1 && { places: placesOf(pax) }),
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

/** Slots without a variant come before those with one. */
function inSlotOrder(a: Slot, b: Slot): number {
  return (
    compareText(a.startTime, b.startTime) ||
    compareText(a.providerSlotId, b.providerSlotId) ||
    Number(a.variantId !== null) - Number(b.variantId !== null) ||
    (a.variantId ?? 0) - (b.variantId ?? 0)
  );
}
