import type { OctoPlaces } from './octo-slot.js';

export interface Stock {
  left: number;
  capacity: number;
  freesale: boolean;
  /** It can't be booked any more, whatever is left. */
  over: boolean;
}

/** How OCTO says what is left of a slot. */
export function placesOf({ left, capacity, freesale, over }: Stock): OctoPlaces {
  const counts = freesale ? { vacancies: null, capacity: null } : { vacancies: over ? 0 : left, capacity };
  if (over) return { available: false, status: 'CLOSED', ...counts };
  if (freesale) return { available: true, status: 'FREESALE', ...counts };
  if (left === 0) return { available: false, status: 'SOLD_OUT', ...counts };
  return { available: true, status: left < capacity / 2 ? 'LIMITED' : 'AVAILABLE', ...counts };
}
