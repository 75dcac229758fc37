import { fraction, hash, pick } from './hash.js';
import type { PaxType, Product } from './product.js';
import { slotTimes } from './slot-times.js';

const WHERE = [
  'Harbour',
  'Jungle',
  'Rooftop',
  'Old Town',
  'Lagoon',
  'Night Market',
  'Mangrove',
  'Hilltop',
  'Museum',
  'Reef',
];
const HOW = ['Guided', 'Family', 'Private', 'Sunrise', 'Classic', 'Express', 'Grand', 'Hidden', 'Musical'];
const WHAT = ['Walk', 'Cruise', 'Tasting', 'Bike Ride', 'Workshop', 'Safari', 'Day Trip', 'Kayak Trip'];

const WEEKDAYS = [[0, 1, 2, 3, 4, 5, 6], [0, 6], [1, 2, 3, 4, 5], [0, 2, 4, 6], [5]];
const SLOTS = [
  slotTimes('09:00', 30, 12),
  slotTimes('08:00', 60, 10),
  slotTimes('10:15', 45, 6),
  ['19:00', '21:30'],
  ['00:00'],
];
const CURRENCIES = ['SGD', 'SGD', 'SGD', 'SGD', 'USD', 'MYR'];

/** A product nobody wrote down: the same for the same id and seed, and different from its neighbours. */
export function madeUpProduct(id: number, seed: number): Product {
  const about = ['product', seed, id];
  const capacity = 10 + (hash(...about, 'capacity') % 240);
  return {
    id,
    name: `${pick(HOW, ...about, 'how')} ${pick(WHERE, ...about, 'where')} ${pick(WHAT, ...about, 'what')}`,
    variantId: 1000 + id,
    variantKey: `2255327${String(id).padStart(5, '0')}`,
    currencyCode: pick(CURRENCIES, ...about, 'currency'),
    weekdays: pick(WEEKDAYS, ...about, 'weekdays'),
    times: pick(SLOTS, ...about, 'times'),
    capacity,
    paxTypes: paxTypes(capacity, about),
    alternateCents: pick([0, 0, 5_00, 12_50], ...about, 'alternate'),
    primaryOnly: [],
    usualDemand: 0.1 + 0.6 * fraction(...about, 'demand'),
    soldOutShare: 0.3 * fraction(...about, 'sold out') ** 2,
  };
}

function paxTypes(capacity: number, about: readonly (string | number)[]): Product['paxTypes'] {
  const cents = 15_00 + (hash(...about, 'cents') % 250_00);
  const adult: PaxType = { name: 'Adult', ages: [13, 99], capacity, cents };
  const child: PaxType = { name: 'Child', ages: [3, 12], capacity, cents: Math.round(cents * 0.6) };
  const infant: PaxType = { name: 'Infant', ages: [0, 2], capacity: Math.ceil(capacity / 5), cents: 0 };
  return pick<Product['paxTypes']>([[adult], [adult, child], [adult, child, infant]], ...about, 'pax types');
}
