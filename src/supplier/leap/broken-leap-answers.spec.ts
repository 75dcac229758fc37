import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leapDay } from '../../../test/fixtures/leap-answers.js';
import { outcomeOf, readBody } from '../../../test/setup/leap-reading.js';
import { dayDocument } from '../../inventory/index.js';
import { SupplierFailure } from '../supplier-error.js';
import type { LeapAnswer } from './read-leap-answer.js';

/** Stands for a field that is left out. */
const MISSING = Symbol('missing');

const badKey = [MISSING, null, true, [], {}, ['x'], '', 'x'.repeat(501), 'a\0b', '\ud800'];
const badNumber = [
  ...['many', '5 6', '5 left', '0x5', '1,5', '5.', '.5', '5e', 'e5', '+-5', '+ 5', 'Infinity', 'NaN', '५'],
  ...[true, [], {}, [1], 2 ** 53, 1e99, '9007199254740992', '9.007199254740992e15', '1e400'],
];
const badCount = [...badNumber, 1.5, '1.5', '5e-1', '9007199254740990.5', '9007199254740990.5e0'];
const badAmount = ['', ' ', ...badNumber, '1,234.50', 'S$ 12', '10%', -(2 ** 53)];
const badTime = [
  0,
  true,
  [],
  {},
  ['x'],
  '04',
  '04:60',
  '04:00:01',
  '04:00:00.5',
  '48:00',
  '4h',
  '04:00+99:00',
  ...['13:00 PM', '13:00 AM', '0:30 AM', '00:00 pm', '0pm', '04:00 XM', '4 p', '04:00 pm am', 'pm', 'T', 'T4'],
  ...['0400', '1000', '4.00', '04-00', '2026-03-02 04', '02/03/2026 04:00', '2026/03-02 04:00'],
];
const badCurrency = [0, true, [], {}, 'SG', 'SGDX', 'S$D', '€'];

const SLOT = {
  startDate: [
    ...[0, true, [], {}, '2026-03-03', '2026/03/03', '20260303', '2026-3-3', 20260303, '02.03.2026', '02/03/2026'],
    ...['2026/03-02', '2026032', '260302', '2026-0302', '2026--03-02', 1772409600, '1772409600', 'March 2, 2026'],
  ],
  startTime: [MISSING, null, '', '24:00', ...badTime],
  endTime: badTime,
  providerSlotId: [1.5, ...badKey],
  variantId: badCount,
  remaining: badCount,
  currencyCode: badCurrency,
  paxAvailability: [MISSING, null, 'x', 0, {}, []],
};
const PAX = {
  type: [0, ...badKey],
  isPrimary: [2, 'yes', '', [], {}],
  min: badCount,
  max: badCount,
  remaining: badCount,
  price: [MISSING, null, 'x', 212.14, true, [], {}],
};
const PRICE = {
  finalPrice: [MISSING, null, -0.01, '-1', ...badAmount],
  currencyCode: badCurrency,
};

interface Breakage {
  readonly keys: readonly (string | number)[];
  readonly value: unknown;
}

function breakages(keys: Breakage['keys'], bad: Readonly<Record<string, readonly unknown[]>>): Breakage[] {
  return Object.entries(bad).flatMap(([field, values]) => values.map((value) => ({ keys: [...keys, field], value })));
}

/** All that can be wrong with slot `i` and its pax type `p` so that the slot has no sane reading. */
function everyBreakage(i: number, p: number): Breakage[] {
  const pax = [i, 'paxAvailability', p];
  return [
    ...breakages([i], SLOT),
    ...breakages(pax, PAX),
    ...breakages([...pax, 'price'], PRICE),
    ...[null, 'x', 0, true, [], [[]], {}].map((value) => ({ keys: pax, value })),
    ...[null, 'x', 0, true, [], {}].map((value) => ({ keys: [i], value })),
  ];
}

/** Odd values that have a sane reading: the slots are what they were. */
const READABLE: readonly Breakage[] = [
  ...breakages([], { startDate: [MISSING, null, '', '2026-03-02T00:00:00', '2026-03-02T04:00:00+08:00'] }),
  ...breakages([], { startDate: ['2026/03/02', '2026/3/2', '2026.03.02', '20260302', 20260302, '2026-3-2'] }),
  ...breakages([], { startDate: ['2026-03-02t00:00:00z', '2026/3/2 12:00 AM', '20260302T00:00:00Z'] }),
  ...breakages([], {
    startTime: ['4:00 AM', '04:00 am', '4am', '4 AM', '04:00:00 a.m.', ' 4:00AM ', '4:00 AM +08:00'],
  }),
  ...breakages([], { startTime: ['T04:00', 't4:00', '2026-03-02t04:00:00', '2026/03/02 4:00 AM', '20260302T04:00'] }),
  ...breakages([], { endTime: ['4:30 AM', '4:30am', 'T04:30', '2026-3-2 04:30', '2026-03-02T04:30:00 +08:00'] }),
  ...breakages([], { variantId: ['32.0', '3.2e1', '+32', '320E-1'], remaining: ['20.0', '2e1', '+20', ' 20 '] }),
  ...breakages([], { startTime: ['4:00', '04:00:00', '04:00+08:00', '2026-03-02T04:00', '2026-03-02 04:00:00.000'] }),
  ...breakages([], { endTime: ['4:30', '04:30:00', '04:30+08:00', '2026-03-02T04:30:00+08:00'] }),
  ...breakages([], {
    variantId: ['32', ' 32 '],
    remaining: ['20', '020'],
    currencyCode: [MISSING, null, 'sgd', ' SGD'],
  }),
  ...breakages(['paxAvailability', 0], { isPrimary: [1, 'true'], min: ['1'], max: ['9'], remaining: ['20'] }),
  ...breakages(['paxAvailability', 1], { isPrimary: [MISSING, null, 0, 'false'] }),
  ...breakages(['paxAvailability', 1, 'price'], { finalPrice: ['212.14', '+212.140', '2.1214e2'] }),
  ...breakages(['paxAvailability', 1, 'price'], {
    originalPrice: ['312.14'],
    discount: ['100', '1e2'],
    currencyCode: [MISSING, 'sgd', ''],
  }),
];

describe('a slot with one thing wrong', () => {
  it.each(everyBreakage(1, 1).map((breakage) => [labelOf(breakage), breakage] as const))(
    'is left out, told where, and the others stand: %s',
    (_, breakage) => expectLeftOut(3, 1, breakage),
  );

  it('is left out wherever it is wrong', () => {
    const where = fc.record({
      slots: fc.integer({ min: 2, max: 6 }),
      i: fc.nat(),
      p: fc.nat({ max: 1 }),
      which: fc.nat(),
    });
    fc.assert(
      fc.property(where, ({ slots, i, p, which }) => {
        const all = everyBreakage(i % slots, p);
        expectLeftOut(slots, i % slots, all[which % all.length] ?? { keys: [i % slots], value: null });
      }),
      { numRuns: 200 },
    );
  });
});

describe('a slot with one thing said otherwise', () => {
  it.each(READABLE.map((odd) => [labelOf(odd), odd] as const))('is what it was: %s', (_, { keys, value }) => {
    const usual = readBody(JSON.stringify(leapDay(3)));
    expect(readBody(bodyWith(3, { keys: [1, ...keys], value }))).toEqual(usual);
  });

  it('gives the same day in whatever order the slots are listed', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    fc.assert(
      fc.property(order, fc.constantFrom(...READABLE), (places, { keys, value }) => {
        const day = JSON.parse(bodyWith(4, { keys: [1, ...keys], value })) as unknown[];
        const { slots } = readBody(JSON.stringify(places.map((place) => day[place])));
        expect(dayDocument(slots)).toEqual(dayDocument(readBody(JSON.stringify(leapDay(4))).slots));
      }),
    );
  });
});

describe('an answer', () => {
  it('is refused wherever it is cut off', () => {
    const body = JSON.stringify(leapDay(2));
    const lengths = Array.from({ length: body.length }, (_, i) => i);
    const taken = lengths.filter((length) => !(outcomeOf(body.slice(0, length)) instanceof SupplierFailure));
    expect(taken).toEqual([]);
  });

  it('is read or refused, and nothing else, whatever it is', () => {
    const anyBody = fc.oneof(
      fc.json({ depthSize: 'large' }),
      fc.string(),
      fc.array(fc.jsonValue()).map((list) => JSON.stringify(list)),
      fc.bigInt().map((digits) => JSON.stringify(leapDay(2)).replaceAll('20', String(digits))),
    );
    fc.assert(fc.property(anyBody, expectReadOrRefused), { numRuns: 300 });
  });

  it('is read or refused, and nothing else, whatever one of its fields is', () => {
    const paths = everyBreakage(1, 1).map(({ keys }) => keys);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (keys, value) => {
        const body = bodyWith(3, { keys, value });
        expectReadOrRefused(body);
        const untouched = ({ slots }: LeapAnswer) =>
          slots.filter(({ providerSlotId }) => /-[02]$/.test(providerSlotId));
        expect(untouched(readBody(body))).toEqual(untouched(readBody(JSON.stringify(leapDay(3)))));
      }),
      { numRuns: 200 },
    );
  });
});

function expectLeftOut(slots: number, i: number, breakage: Breakage): void {
  const { slots: kept, oddities, dropped } = readBody(bodyWith(slots, breakage));
  const detail = oddities[0]?.detail ?? '';
  // Of an object that is none of ours, the first field that it lacks is named.
  const named = /^([^:]*): (.*); the slot is left out$/.exec(detail)?.[1] ?? '';
  expect({
    kept,
    dropped,
    oddities: oddities.map(({ code, slots: count }) => [code, count]),
    place: named.startsWith(textOf(breakage.keys)) ? 'named' : detail,
    short: detail.length <= 300,
  }).toEqual({
    kept: readBody(JSON.stringify(leapDay(slots).toSpliced(i, 1))).slots,
    dropped: 1,
    oddities: [['slot_dropped', 1]],
    place: 'named',
    short: true,
  });
}

function expectReadOrRefused(body: string): void {
  const outcome = outcomeOf(body);
  if (outcome instanceof SupplierFailure) {
    expect(outcome.kind).toBe('bad_answer');
    expect(outcome.detail.length).toBeLessThanOrEqual(500);
  } else {
    const { slots, oddities, dropped } = outcome as LeapAnswer;
    expect(() => dayDocument(slots, dropped)).not.toThrow();
    for (const { detail } of oddities) expect(detail.length).toBeLessThanOrEqual(300);
  }
}

function bodyWith(slots: number, { keys, value }: Breakage): string {
  const day: unknown = leapDay(slots);
  const last = keys.at(-1) ?? '';
  let target = day as Record<string | number, unknown>;
  for (const key of keys.slice(0, -1)) target = target[key] as Record<string | number, unknown>;
  target[last] = value === MISSING ? undefined : value;
  return JSON.stringify(day);
}

function textOf(keys: Breakage['keys']): string {
  return keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
}

function labelOf({ keys, value }: Breakage): string {
  const text = value === MISSING ? 'missing' : JSON.stringify(value);
  return `${textOf(keys)} ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`;
}
