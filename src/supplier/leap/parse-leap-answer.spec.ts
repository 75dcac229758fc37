import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DATE, leapDay, leapPax, leapSlot } from '../../../test/fixtures/leap-answers.js';
import { dayDocument, type SuppliedSlot } from '../../inventory/index.js';
import type { LocalDate } from '../../time/index.js';
import { SupplierFailure } from '../supplier-error.js';
import { parseLeapAnswer } from './parse-leap-answer.js';

describe('a whole answer', () => {
  it('is taken over field by field', () => {
    const [slot] = parse([leapSlot()]);
    expect(slot).toEqual({
      startDate: DATE,
      startTime: '04:00',
      endTime: '04:30',
      providerSlotId: '7_2026-03-02T04:00',
      variantId: 32,
      remaining: 20,
      currencyCode: 'SGD',
      paxAvailability: [
        {
          type: 'ADULT_12~99',
          name: 'Adult',
          description: '12-99 years',
          isPrimary: true,
          min: 1,
          max: 9,
          remaining: 20,
          price: { finalPrice: 212.14, originalPrice: 312.14, discount: 100, currencyCode: 'SGD' },
        },
      ],
    });
  });

  it('may be empty', () => {
    expect(parseLeapAnswer('[]', DATE)).toEqual([]);
    expect(parseLeapAnswer(' [ ] \r\n', DATE)).toEqual([]);
  });

  it('may leave out a pax type’s name, description and whether it is primary', () => {
    const bare = leapPax();
    delete bare['name'];
    const [slot] = parse([leapSlot({ paxAvailability: [{ ...bare, description: null, isPrimary: null }] })]);
    expect(slot?.paxAvailability[0]).toMatchObject({ name: null, description: null, isPrimary: false });
  });

  it('keeps the order of what it lists', () => {
    const ids = ['b', 'a', 'c'];
    expect(parse(ids.map((providerSlotId) => leapSlot({ providerSlotId }))).map((slot) => slot.providerSlotId)).toEqual(
      ids,
    );
  });

  it.each([
    ['free', { discount: 0, finalPrice: 0, originalPrice: 0 }],
    ['in cents', { finalPrice: 0.01 }],
    ['the dearest', { finalPrice: 1e9 }],
  ])('may price a slot: %s', (_, price) => {
    const given = { ...(leapPax()['price'] as object), ...price };
    const [slot] = parse([leapSlot({ paxAvailability: [leapPax({ price: given })] })]);
    expect(slot?.paxAvailability[0]?.price).toEqual(given);
  });

  it.each([
    ['sold out', { remaining: 0 }],
    ['from midnight', { startTime: '00:00', endTime: '23:59' }],
    ['in any script', { providerSlotId: '下午 🎟️ "\\ é' }],
    ['with the largest numbers', { variantId: 2_147_483_647, remaining: 2_147_483_647 }],
  ])('may have a slot %s', (_, fields) => {
    expect(parse([leapSlot(fields)])[0]).toMatchObject(fields);
  });
});

describe('what the answer holds besides', () => {
  it('is ignored, at every level', () => {
    const more = { extra: { price: null, paxAvailability: 'x' }, id: 1, toString: 'x', constructor: { prototype: 1 } };
    const slot = leapSlot();
    const [pax] = slot.paxAvailability as Record<string, object>[];
    const rich = { ...more, ...slot, paxAvailability: [{ ...more, ...pax, price: { ...more, ...pax?.['price'] } }] };
    expect(dayDocument(parse([rich]))).toEqual(dayDocument(parse([slot])));
  });

  it('is harmless, also where it is named __proto__', () => {
    const evil = '"__proto__":{"polluted":true,"remaining":-1},"constructor":{"prototype":{"polluted":true}}';
    const body = JSON.stringify([leapSlot()]).replaceAll('{', `{${evil},`);
    expect(parseLeapAnswer(body, DATE)).toEqual(parse([leapSlot()]));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(parseLeapAnswer(body, DATE)[0] ?? {})).not.toContain('polluted');
  });

  it('never stands in for a field that is missing', () => {
    const { remaining, ...rest } = leapSlot();
    const body = JSON.stringify([rest]).replace('[{', `[{"__proto__":{"remaining":${String(remaining)}},`);
    expect(() => parseLeapAnswer(body, DATE)).toThrow('bad_answer: [0].remaining');
  });
});

describe('what was captured from the partner', () => {
  const folder = new URL('../../../../shared/leap-payloads/', import.meta.url);
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
    : [];

  it('is taken as it is (where the captures lie beside the repository)', () => {
    for (const file of files) {
      const body = readFileSync(new URL(file, folder), 'utf8');
      const date = /(\d{4}-\d\d-\d\d)\.json$/.exec(file)?.[1] as LocalDate;
      // All that it says is taken over, and nothing that it does not say.
      expect(parseLeapAnswer(body, date)).toEqual(JSON.parse(body));
    }
  });
});

describe('an answer that is not a day', () => {
  it.each([
    ['', 'not JSON: ""'],
    ['<html>502 Bad Gateway</html>', 'not JSON: "<html>502 Bad Gateway</html>"'],
    [JSON.stringify(leapDay(3)).slice(0, -20), 'not JSON: "[{'],
    ['[{"startDate":NaN}]', 'not JSON'],
    ['null', 'expected a list of slots, got null'],
    ['{"slots":[]}', 'expected a list of slots, got an object'],
    ['"[]"', 'expected a list of slots, got "[]"'],
    ['0', 'expected a list of slots, got 0'],
    ['[null]', '[0]: expected a slot, got null'],
    ['[[]]', '[0]: expected a slot, got a list of 0'],
    ['["x"]', '[0]: expected a slot, got "x"'],
    ['[{}]', '[0].startDate: '],
  ])('is refused: %s', (body, message) => {
    const failure = failureOf(body);
    expect(failure.kind).toBe('bad_answer');
    expect(failure.message).toContain(`bad_answer: ${message}`);
  });

  it('is one that lists a slot twice', () => {
    expect(failureOf(JSON.stringify([leapSlot(), leapSlot({ startTime: '05:00' })])).message).toBe(
      'bad_answer: [1].providerSlotId: "7_2026-03-02T04:00" is listed twice',
    );
  });

  it('is one of another date, even in one slot of many', () => {
    const slots = [...leapDay(2), leapSlot({ startDate: '2026-03-03', providerSlotId: 'other' })];
    expect(failureOf(JSON.stringify(slots)).message).toBe(
      'bad_answer: [2].startDate: asked for 2026-03-02, got 2026-03-03',
    );
  });

  it('is one with more slots than any day has', () => {
    expect(parse(leapDay(2_000))).toHaveLength(2_000);
    expect(failureOf(JSON.stringify(leapDay(2_001))).message).toBe('bad_answer: 2001 slots in one day');
    expect(failureOf(`[${'0,'.repeat(3_000_000)}0]`).message).toBe('bad_answer: 3000001 slots in one day');
  });

  it.each([
    ['as the answer', (deep: string) => deep],
    ['as a slot', (deep: string) => `[${deep}]`],
    ['as a field', (deep: string) => JSON.stringify([leapSlot()]).replace('"SGD"', deep)],
    ['as a field that is not ours', (deep: string) => JSON.stringify([leapSlot()]).replace('[{', `[{"x":${deep},`)],
  ])('is refused, or read, but breaks nothing when it is nested without end %s', (_, bodyOf) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = `${open.repeat(100_000)}0${close.repeat(100_000)}`;
      expect(refusedOrRead(bodyOf(deep))).toBe(true);
    }
  });

  it('is told of in few words, whatever its length', () => {
    const long = 'x'.repeat(100_000);
    expect(failureOf(long).message.length).toBeLessThan(200);
    expect(failureOf(JSON.stringify([leapSlot({ startTime: long })])).message.length).toBeLessThan(300);
    expect(failureOf(JSON.stringify({ long })).message.length).toBeLessThan(200);
  });
});

function parse(slots: readonly object[]): SuppliedSlot[] {
  return parseLeapAnswer(JSON.stringify(slots), DATE);
}

function failureOf(body: string): SupplierFailure {
  try {
    parseLeapAnswer(body, DATE);
  } catch (error) {
    expect(error).toBeInstanceOf(SupplierFailure);
    return error as SupplierFailure;
  }
  throw new Error('it was taken');
}

function refusedOrRead(body: string): boolean {
  try {
    return parseLeapAnswer(body, DATE).length === 1;
  } catch (error) {
    if (error instanceof SupplierFailure) return error.kind === 'bad_answer';
    throw new Error(`not a SupplierFailure: ${String(error)}`, { cause: error });
  }
}
