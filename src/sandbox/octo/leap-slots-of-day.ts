import { isDate } from '../calendar.js';
import type { LeapSlot } from '../leap-slot.js';

/** The slots among what stands for a day: any JSON may have been set by hand, and OCTO shows what Leap's reader would understand of it. */
export function leapSlots(answer: unknown): LeapSlot[] {
  return Array.isArray(answer) ? answer.filter(isSlot) : [];
}

function isSlot(value: unknown): value is LeapSlot {
  if (typeof value !== 'object' || value === null) return false;
  const { startDate, startTime, remaining, paxAvailability } = value as Record<string, unknown>;
  const hasTime = typeof startDate === 'string' && isDate(startDate) && /^\d\d:\d\d$/.test(String(startTime));
  const hasPlaces = Number.isInteger(remaining) && Number(remaining) >= 0;
  return hasTime && hasPlaces && Array.isArray(paxAvailability) && paxAvailability.every(isPax);
}

function isPax(value: unknown): boolean {
  const { name, price } = { ...(value as { name?: unknown; price?: Record<string, unknown> }) };
  return (
    typeof name === 'string' && Number.isFinite(price?.['finalPrice']) && Number.isFinite(price?.['originalPrice'])
  );
}
