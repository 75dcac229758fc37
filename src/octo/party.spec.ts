import { expect, it } from '@jest/globals';
import { pax, supplied } from '../../test/fixtures/supplied-slots.js';
import { dayDocument, type Slot } from '../inventory/index.js';
import { fits } from './party.js';

const TICKETS = [pax({ type: 'adult', isPrimary: true }), pax({ type: 'family', places: 4, max: 2, remaining: 2 })];
const [SLOT] = JSON.parse(dayDocument([supplied({ remaining: 9, paxAvailability: TICKETS })]).json) as [Slot];

it.each([
  [true, { family: 2, adult: 1 }],
  [false, { family: 2, adult: 2 }], // ten of nine places
  [false, { family: 3 }], // more than are left
  [false, { adult: 1, senior: 1 }], // no such unit
])('can be booked: %s, for %j', (bookable, units) => {
  const party = Object.entries(units).map(([id, quantity]) => ({ id, quantity }));
  expect(fits(party, SLOT)).toBe(bookable);
});
