import type { LeapPax, LeapPrice, LeapSlot } from '../../src/sandbox/index.js';

/** A pax type as the supplier may write it: names are sometimes missing. */
export type SandboxPax = Omit<LeapPax, 'name' | 'description'> & {
  name?: string | null;
  description?: string | null;
};
export type SandboxSlot = Omit<LeapSlot, 'paxAvailability'> & { paxAvailability: SandboxPax[] };

export function sandboxPrice(price: Partial<LeapPrice> = {}): LeapPrice {
  return { discount: 0, finalPrice: 212.14, originalPrice: 312.14, currencyCode: 'SGD', ...price };
}

/** The primary adult, unless told otherwise. */
export function sandboxPax(pax: Partial<SandboxPax> = {}): SandboxPax {
  return {
    max: 20,
    min: 1,
    remaining: 1_000,
    type: 'ADULT_12~99',
    isPrimary: true,
    description: '12-99 years',
    name: 'Adult',
    price: sandboxPrice(),
    ...pax,
  };
}

/** One slot with one pax type; its id follows from date and time. */
export function sandboxSlot(slot: Partial<SandboxSlot> = {}): SandboxSlot {
  const { startDate = '2026-03-03', startTime = '04:00' } = slot;
  return {
    startDate,
    startTime,
    endTime: startTime,
    providerSlotId: `225532707686_${startDate}T${startTime}`,
    remaining: 2_000,
    currencyCode: 'SGD',
    variantId: 32,
    paxAvailability: [sandboxPax()],
    ...slot,
  };
}
