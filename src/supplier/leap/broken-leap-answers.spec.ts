import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DATE, leapDay } from '../../../test/fixtures/leap-answers.js';
import { SupplierFailure } from '../supplier-error.js';
import { parseLeapAnswer } from './parse-leap-answer.js';

/** Stands for a field that is left out. */
const MISSING = Symbol('missing');
const NOT_TEXT = [MISSING, null, 0, true, [], {}, ['x']];
const NOT_NUMBERS = [MISSING, null, '', '1', true, [], {}, [1]];

const badText = [...NOT_TEXT, '', 'x'.repeat(501), 'a\0b', '\ud800'];
const badRemark = [0, true, [], {}, 'x'.repeat(5_001), 'a\0b', '\udfff!'];
const badCount = [...NOT_NUMBERS, -1, 1.5, 2_147_483_648, 1e99];
const badMoney = [...NOT_NUMBERS, -0.01, 1e9 + 1, '212.14'];
const badTime = [...NOT_TEXT, '', '4:00', '24:00', '04:60', '04:00:00', '04:00Z', ' 04:00', '04:00\n'];
const badCurrency = [...NOT_TEXT, '', 'sgd', 'SG', 'SGDX', 'S$D', 'SGD '];

const SLOT = {
  startDate: [...NOT_TEXT, '', '2026-03-03', '2026-3-2', '2026-03-02T00:00', '20260302', '2026-02-30'],
  startTime: badTime,
  endTime: badTime,
  providerSlotId: badText,
  variantId: badCount,
  remaining: badCount,
  currencyCode: badCurrency,
  paxAvailability: [MISSING, null, 'x', 0, {}, []],
};
const PAX = {
  type: badText,
  name: badRemark,
  description: badRemark,
  isPrimary: [0, 1, 'true', 'yes', [], {}],
  min: badCount,
  max: badCount,
  remaining: badCount,
  price: [MISSING, null, 'x', 212.14, true, [], {}],
};
const PRICE = { finalPrice: badMoney, originalPrice: badMoney, discount: badMoney, currencyCode: badCurrency };

interface Breakage {
  readonly keys: readonly (string | number)[];
  readonly value: unknown;
}

function breakages(keys: Breakage['keys'], bad: Readonly<Record<string, readonly unknown[]>>): Breakage[] {
  return Object.entries(bad).flatMap(([field, values]) => values.map((value) => ({ keys: [...keys, field], value })));
}

/** Everything that can be wrong with slot `i` and its pax type `p`. */
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

describe('an answer with one thing wrong', () => {
  it.each(everyBreakage(0, 1).map((breakage) => [labelOf(breakage), breakage] as const))(
    'is refused as a whole, and told where: %s',
    (_, breakage) => {
      const failure = outcomeOf(bodyWith(1, breakage));
      expect(failure).toBeInstanceOf(SupplierFailure);
      expect(failure).toMatchObject({ kind: 'bad_answer' });
      expect(pathsTo(breakage)).toContain(toldPath(failure as SupplierFailure));
    },
  );

  it('is refused wherever it is wrong', () => {
    const where = fc.record({
      slots: fc.integer({ min: 1, max: 6 }),
      i: fc.nat(),
      p: fc.nat({ max: 1 }),
      which: fc.nat(),
    });
    fc.assert(
      fc.property(where, ({ slots, i, p, which }) => {
        const all = everyBreakage(i % slots, p);
        const breakage = all[which % all.length] ?? { keys: [], value: null };
        const failure = outcomeOf(bodyWith(slots, breakage));
        expect(failure).toBeInstanceOf(SupplierFailure);
        expect(pathsTo(breakage)).toContain(toldPath(failure as SupplierFailure));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused wherever it is cut off', () => {
    const body = JSON.stringify(leapDay(2));
    for (let length = 0; length < body.length; length++) {
      expect(outcomeOf(body.slice(0, length))).toBeInstanceOf(SupplierFailure);
    }
  });

  it('is taken or refused, and nothing else, whatever else it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json({ depthSize: 'large' }),
          fc.string(),
          fc.array(fc.jsonValue()).map((list) => JSON.stringify(list)),
        ),
        (body) => {
          const outcome = outcomeOf(body);
          expect(outcome instanceof SupplierFailure || (Array.isArray(outcome) && outcome.length === 0)).toBe(true);
        },
      ),
    );
  });
});

function bodyWith(slots: number, { keys, value }: Breakage): string {
  const day: unknown = leapDay(slots);
  const last = keys.at(-1) ?? '';
  let target = day as Record<string | number, unknown>;
  for (const key of keys.slice(0, -1)) target = target[key] as Record<string | number, unknown>;
  target[last] = value === MISSING ? undefined : value;
  return JSON.stringify(day);
}

/** What came of it: the slots, or whatever was thrown. */
function outcomeOf(body: string): unknown {
  try {
    return parseLeapAnswer(body, DATE);
  } catch (error) {
    return error;
  }
}

function toldPath(failure: SupplierFailure): string {
  return /^bad_answer: ([^:]*): /.exec(failure.message)?.[1] ?? '';
}

/** The path to what is wrong; for a whole object that is wrong also its list, or the first field it lacks. */
function pathsTo({ keys, value }: Breakage): string[] {
  const path = textOf(keys);
  const last = keys.at(-1);
  const fields =
    last === 'price' ? PRICE : keys.length === 1 ? SLOT : keys.length === 3 && typeof last === 'number' ? PAX : {};
  const empty = typeof value === 'object' && value !== null;
  return [
    path,
    ...(keys.length === 3 ? [textOf(keys.slice(0, -1))] : []),
    ...(empty ? Object.keys(fields).map((f) => `${path}.${f}`) : []),
  ];
}

function textOf(keys: Breakage['keys']): string {
  return keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
}

function labelOf({ keys, value }: Breakage): string {
  const text = value === MISSING ? 'missing' : JSON.stringify(value);
  return `${textOf(keys)} ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`;
}
