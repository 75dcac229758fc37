import { describe, expect, it } from '@jest/globals';
import { QueryKeys } from './query-keys.js';

const keys = new QueryKeys();
const ASKED = { productId: '14', optionId: 'DEFAULT' };
const keyOf = (body: object, pricing = true) =>
  keys.of('availability', { pricing, days: false }, JSON.stringify({ ...ASKED, ...body })).key;

describe('the key of an answer', () => {
  const date = { localDate: '2026-03-04' };
  it.each<[object, object]>([
    [date, { ...date, offerCode: 'x' }],
    [date, { ...date, units: [], currency: null, availabilityIds: null }],
    [date, { ...date, units: [{ id: 'a', quantity: 0 }] }],
    [
      { ...date, currency: 'SGD' },
      { currency: 'sgd', ...date },
    ],
    [
      {
        ...date,
        units: [
          { id: 'a', quantity: 2 },
          { id: 'b', quantity: 1 },
        ],
      },
      {
        ...date,
        units: [
          { id: 'b', quantity: 1 },
          { id: 'a', quantity: 1 },
          { id: 'a', quantity: 1 },
        ],
      },
    ],
    [
      { availabilityIds: ['2026-03-04_y', '2026-03-03_x'] },
      { availabilityIds: ['2026-03-03_x', '2026-03-04_y', '2026-03-03_x'] },
    ],
  ])('of %j is that of %j', (one, other) => {
    expect(keyOf(other)).toBe(keyOf(one));
  });

  it.each<[object, object]>([
    [date, { localDate: '2026-03-05' }],
    [date, { ...date, productId: '15' }],
    [date, { ...date, currency: 'SGD' }],
    [date, { ...date, units: [{ id: 'a', quantity: 1 }] }],
    [date, { availabilityIds: ['2026-03-04_x'] }],
  ])('of %j is not that of %j', (one, other) => {
    expect(keyOf(other)).not.toBe(keyOf(one));
  });

  it('depends on prices, and on what is asked for', () => {
    const range = { localDateStart: '2026-03-04', localDateEnd: '2026-03-05' };
    expect(keyOf(range, false)).not.toBe(keyOf(range));
    expect(keys.of('calendar', { pricing: true, days: false }, JSON.stringify({ ...ASKED, ...range })).key).not.toBe(
      keyOf(range),
    );
  });
});
