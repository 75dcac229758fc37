import type { LeapPax, LeapPrice, LeapSlot } from '../../src/sandbox/index.js';

/** A pax type as the partner may write it: names are sometimes missing. */
export type PartnerPax = Omit<LeapPax, 'name' | 'description'> & {
  name?: string | null;
  description?: string | null;
};
export type PartnerSlot = Omit<LeapSlot, 'paxAvailability'> & { paxAvailability: PartnerPax[] };

export function partnerPrice(price: Partial<LeapPrice> = {}): LeapPrice {
  return { discount: 0, finalPrice: 212.14, originalPrice: 312.14, currencyCode: 'SGD', ...price };
}

/** The primary adult, unless told otherwise. */
export function partnerPax(pax: Partial<PartnerPax> = {}): PartnerPax {
  return {
    max: 20,
    min: 1,
    remaining: 1_000,
    type: 'ADULT_12~99',
    isPrimary: true,
    description: '12-99 years',
    name: 'Adult',
    price: partnerPrice(),
    ...pax,
  };
}

/** One slot with one pax type; its id follows from date and time. */
export function partnerSlot(slot: Partial<PartnerSlot> = {}): PartnerSlot {
  const { startDate = '2026-03-03', startTime = '04:00' } = slot;
  return {
    startDate,
    startTime,
    endTime: startTime,
    providerSlotId: `225532707686_${startDate}T${startTime}`,
    remaining: 2_000,
    currencyCode: 'SGD',
    variantId: 32,
    paxAvailability: [partnerPax()],
    ...slot,
  };
}
