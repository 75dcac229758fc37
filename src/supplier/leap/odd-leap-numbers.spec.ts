import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { leapPrice, leapSlot, leapSlotOfPax } from '../../../test/fixtures/leap-answers.js';
import { paxOf, readBody, readList, slotOf } from '../../../test/setup/leap-reading.js';

const MOST = Number.MAX_SAFE_INTEGER;

describe('a count', () => {
  it.each<[sent: unknown, read: number | null]>([
    ...[0, 5, 1e10, MOST].map((count): [number, number] => [count, count]),
    ...(
      [
        ['5', 5],
        [' 5 ', 5],
        ['007', 7],
        ['5.0', 5],
        ['5e0', 5],
        ['+5', 5],
        ['50e-1', 5],
        ['0.5E+1', 5],
        ['-0', 0],
        [`${MOST}.000`, MOST],
        [`${MOST}`, MOST],
        [null, null],
        [undefined, null],
      ] as const
    ).map(([sent, count]): [unknown, number | null] => [sent, count]),
  ])('%j is read as %j', (sent, read) => {
    expect(slotOf(leapSlot({ remaining: sent })).remaining).toBe(read);
    expect(paxOf(leapSlotOfPax({ remaining: sent, min: sent, max: sent }))).toMatchObject({
      remaining: read,
      min: read,
      max: read,
    });
  });

  it.each(['', ' '])('that is no text (%j) may mean that none is left, and as a bound that there is none', (sent) => {
    expect(readList([leapSlot({ remaining: sent })])).toMatchObject({ slots: [], dropped: 1 });
    expect(paxOf(leapSlotOfPax({ min: sent, max: sent }))).toMatchObject({ min: null, max: null });
  });

  it.each<[sent: string, read: number]>([
    ['5.0', 5],
    ['5e0', 5],
    ['50e-1', 5],
    ['-0', 0],
    ['5.0000000000000000e0', 5],
    ['9007199254740991', MOST],
    ['5.0000000000000000', 5],
  ])('sent as %s is read as %d', (sent, read) => {
    expect(readBody(withRemaining(sent))).toMatchObject({ slots: [{ remaining: read }], oddities: [], dropped: 0 });
  });

  it.each([
    ['9007199254740992', 'is beyond 9007199254740991'],
    ['9007199254740993', 'is beyond 9007199254740991'],
    ['"9007199254740993"', 'is beyond 9007199254740991'],
    ['12345678901234567890', 'is beyond 9007199254740991'],
    ['-9007199254740993', 'is beyond -9007199254740991'],
    ['9007199254740990.5', 'expected a whole number, got 9007199254740990.5'],
    ['1.00000000000000001', 'expected a whole number, got 1.00000000000000001'],
    ['9007199254740990.5e0', 'expected a whole number, got 9007199254740990.5e0'],
    ['"9007199254740990.5"', 'expected a whole number, got "9007199254740990.5"'],
  ])('sent as %s is beyond reach, and told with the digits that were sent', (sent, why) => {
    const { slots, oddities } = readBody(withRemaining(sent));
    expect(slots).toEqual([]);
    expect(oddities[0]?.detail).toContain(sent);
    expect(oddities[0]?.detail).toContain(why);
  });

  it('below zero is 0, and below zero as a bound is none', () => {
    expect(slotOf(leapSlot({ remaining: -2 }), 'negative_count').remaining).toBe(0);
    expect(slotOf(leapSlot({ remaining: '-2' }), 'negative_count').remaining).toBe(0);
    const bounds = slotOf(leapSlotOfPax({ min: -1, max: -1, remaining: -1 }), 'negative_count').paxAvailability[0];
    expect(bounds).toMatchObject({ min: null, max: null, remaining: 0 });
    expect(readList([leapSlot({ remaining: -2 })]).oddities[0]?.detail).toBe('[0].remaining: -2 was read as 0');
    expect(readList([leapSlotOfPax({ min: -1 })]).oddities[0]?.detail).toBe(
      '[0].paxAvailability[0].min: -1 was read as no bound',
    );
  });
});

describe('an id', () => {
  it.each([
    [2_525_776_286, 2_525_776_286],
    ['2525776286', 2_525_776_286],
    ['2525776286.0', 2_525_776_286],
    ['', null],
    [MOST, MOST],
    [null, null],
    [undefined, null],
  ])('of a variant: %j is %j', (sent, read) => {
    expect(slotOf(leapSlot({ variantId: sent })).variantId).toBe(read);
  });

  it('of a variant beyond 2^53 − 1 is refused with the digits that were sent', () => {
    const { oddities } = readBody(
      JSON.stringify([leapSlot()]).replace('"variantId":32', '"variantId":9007199254740993'),
    );
    expect(oddities[0]?.detail).toBe(
      '[0].variantId: 9007199254740993 is beyond 9007199254740991; the slot is left out',
    );
  });

  it.each([
    ['"下午 🎟️ \\"\\\\ é"', '下午 🎟️ "\\ é'],
    ['14', '14'],
    ['12345678901234567891', '12345678901234567891'],
    [`"${'x'.repeat(500)}"`, 'x'.repeat(500)],
  ])('of a slot: %s', (sent, read) => {
    const body = JSON.stringify([leapSlot({ providerSlotId: '?' })]).replace('"?"', () => sent);
    expect(readBody(body).slots[0]?.providerSlotId).toBe(read);
  });
});

describe('a price', () => {
  it.each([
    ['free', { finalPrice: 0, originalPrice: 0, discount: 0 }],
    ['in cents', { finalPrice: 0.01 }],
    ['in mils', { finalPrice: 12.345, currencyCode: 'KWD' }],
    ['with a discount below zero, which is a surcharge', { finalPrice: 120, originalPrice: 100, discount: -20 }],
    ['that was never another', { originalPrice: null, discount: null }],
    ['beyond all that is sold', { finalPrice: 1e12 }],
    ['with more digits than were meant', { finalPrice: 0.1 + 0.2 }],
  ])('may be %s', (_, fields) => {
    expect(paxOf(leapSlotOfPax({ price: leapPrice(fields) })).price).toEqual(leapPrice(fields));
  });

  it('may be decimal text, and name no original price and no discount', () => {
    const price = { finalPrice: '212.14', originalPrice: ' 312 ', discount: '-0.50', currencyCode: 'SGD' };
    const read = { finalPrice: 212.14, originalPrice: 312, discount: -0.5, currencyCode: 'SGD' };
    expect(paxOf(leapSlotOfPax({ price })).price).toEqual(read);
    const bare = { finalPrice: 5, originalPrice: null, discount: null, currencyCode: 'SGD' };
    expect(paxOf(leapSlotOfPax({ price: { finalPrice: 5 } })).price).toEqual(bare);
  });
});

describe('an original price or a discount', () => {
  const BAD = ['10%', 'n/a', 'S$ 12', '1,234.50', '1,5', '.5', true, [], {}, [1], 2 ** 53, '1e400'];

  it.each(BAD)('that is no amount (%j) is left out, and the slot stands', (sent) => {
    const price = leapPrice({ originalPrice: sent, discount: sent });
    const [pax] = slotOf(leapSlotOfPax({ price }), 'unreadable_amount').paxAvailability;
    expect(pax?.price).toEqual(leapPrice({ originalPrice: null, discount: null }));
  });

  it('is told with what stood there', () => {
    const toldOf = (fields: object) =>
      readList([leapSlotOfPax({ price: leapPrice({ ...fields }) })]).oddities.map(({ detail }) => detail);
    const path = '[0].paxAvailability[0].price';
    expect(toldOf({ discount: '10%' })).toEqual([`${path}.discount: "10%" is no amount; it is left out`]);
    expect(toldOf({ originalPrice: -0.01 })).toEqual([
      `${path}.originalPrice: -0.01 is no amount from 0; it is left out`,
    ]);
    expect(toldOf({ discount: -(2 ** 53) })[0]).toContain('is no amount; it is left out');
  });

  it('of empty text is none, which is nothing odd', () => {
    const price = leapPrice({ originalPrice: '', discount: ' ' });
    expect(paxOf(leapSlotOfPax({ price })).price).toEqual(leapPrice({ originalPrice: null, discount: null }));
  });
});

function withRemaining(sent: string): string {
  return JSON.stringify([leapSlot({ remaining: '?' })]).replace('"?"', sent);
}
