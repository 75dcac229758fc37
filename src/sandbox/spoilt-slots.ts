/** A list of slots, or whatever JSON was set by hand in its place: then there is nothing to spoil, and it stays as it is. */
type Spoil = (slots: unknown) => unknown;

interface Spoilable {
  paxAvailability?: unknown;
  [field: string]: unknown;
}

/** One slot twice: the first one, and at the end once more. */
export const duplicated: Spoil = (slots) => withSlots(slots, (list) => [...list, ...list.slice(0, 1)]);

/** Numbers that no slot can have, on the first slot. */
export const absurd: Spoil = (slots) => {
  return withSlots(slots, ([first, ...others]) => (first === undefined ? [] : [withAbsurdNumbers(first), ...others]));
};

/** The last slot lacks its pax types; all before it look fine. */
export const malformed: Spoil = (slots) => {
  return withSlots(slots, (list) => list.map((slot, index) => (index === list.length - 1 ? withoutPax(slot) : slot)));
};

function withSlots(slots: unknown, change: (list: Spoilable[]) => Spoilable[]): unknown {
  return Array.isArray(slots) ? change(slots as Spoilable[]) : slots;
}

function withoutPax(slot: Spoilable): Spoilable {
  return Object.fromEntries(Object.entries(slot).filter(([field]) => field !== 'paxAvailability'));
}

function withAbsurdNumbers(slot: Spoilable): Spoilable {
  const pax = Array.isArray(slot.paxAvailability) ? (slot.paxAvailability as Spoilable[]) : [];
  const price = { discount: -1, finalPrice: 1e308, originalPrice: -0.001, currencyCode: 'SGD' };
  return {
    ...slot,
    remaining: -3,
    paxAvailability: pax.map((each) => ({ ...each, remaining: 1e21, min: 20, max: -1, price })),
  };
}
