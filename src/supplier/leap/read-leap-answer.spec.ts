import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { ASKED, DATE, leapPax, leapSlot, NO_MASK } from '../../../test/fixtures/leap-answers.js';
import { readBody, readList } from '../../../test/setup/leap-reading.js';
import { dayDocument, type PaxAvailability } from '../../inventory/index.js';
import type { LocalDate } from '../../time/index.js';
import { readLeapAnswer } from './read-leap-answer.js';

const NOTHING_ODD = { oddities: [], dropped: 0 };

describe('a whole answer', () => {
  it('is taken over field by field', () => {
    const price = { finalPrice: 212.14, originalPrice: 312.14, discount: 100, currencyCode: 'SGD' };
    const adult = { type: 'ADULT_12~99', name: 'Adult', description: '12-99 years', isPrimary: true };
    expect(readList([leapSlot()])).toEqual({
      slots: [
        {
          startDate: DATE,
          startTime: '04:00',
          endTime: '04:30',
          providerSlotId: '7_2026-03-02T04:00',
          variantId: 32,
          remaining: 20,
          currencyCode: 'SGD',
          paxAvailability: [
            { ...adult, min: 1, max: 9, remaining: 20, price, category: 'ADULT', minAge: 12, maxAge: 99 },
          ],
        },
      ],
      ...NOTHING_ODD,
    });
  });

  it('may be empty', () => {
    expect(readBody('[]')).toEqual({ slots: [], ...NOTHING_ODD });
    expect(readBody(' [ ] \r\n')).toEqual({ slots: [], ...NOTHING_ODD });
  });

  it('keeps the order of what it lists', () => {
    const ids = ['b', 'a', 'c'];
    const { slots } = readList(ids.map((providerSlotId) => leapSlot({ providerSlotId })));
    expect(slots.map(({ providerSlotId }) => providerSlotId)).toEqual(ids);
  });
});

describe('what the answer holds besides', () => {
  it('is ignored, at every level', () => {
    const more = { extra: { price: null, paxAvailability: 'x' }, id: 1, toString: 'x', constructor: { prototype: 1 } };
    const slot = leapSlot();
    const [pax] = slot['paxAvailability'] as Record<string, object>[];
    const rich = { ...more, ...slot, paxAvailability: [{ ...more, ...pax, price: { ...more, ...pax?.['price'] } }] };
    expect(dayDocument(readList([rich]).slots)).toEqual(dayDocument(readList([slot]).slots));
  });

  it.each(['', '"big":12345678901234567890,'])('is harmless, also where it is named __proto__ (%s)', (big) => {
    const evil = `${big}"__proto__":{"polluted":true,"remaining":-1},"constructor":{"prototype":{"polluted":true}}`;
    const body = JSON.stringify([leapSlot()]).replaceAll('{', `{${evil},`);
    expect(readBody(body)).toEqual(readList([leapSlot()]));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each(['', '"big":12345678901234567890,'])('never stands in for a field that is missing (%s)', (big) => {
    const { providerSlotId, ...rest } = leapSlot();
    const inherited = `{${big}"__proto__":${JSON.stringify({ providerSlotId })},`;
    const { slots, oddities } = readBody(JSON.stringify([rest]).replace('{', inherited));
    expect(slots).toEqual([]);
    expect(oddities[0]?.detail).toContain('[0].providerSlotId: expected text');
  });

  it.each(['', '"big":12345678901234567890,'])('counts last where a field is there twice (%s)', (big) => {
    const twice = `{${big}"remaining":{"a":[]},"remaining":7,"remaining":`;
    const body = JSON.stringify([leapSlot({ remaining: 5 })]).replace('"remaining":', twice.slice(1));
    expect(readBody(body).slots.map(({ remaining }) => remaining)).toEqual([5]);
  });
});

describe('what is odd', () => {
  it('is told once a kind, with the first place and the number of slots', () => {
    const negative = { remaining: -2, paxAvailability: [leapPax({ remaining: -1, min: -1 })] };
    const slots = [
      leapSlot({ providerSlotId: 'a' }),
      leapSlot({ providerSlotId: 'b', ...negative }),
      leapSlot({ providerSlotId: 'c', remaining: -3 }),
      leapSlot({ providerSlotId: 'd', remaining: 1.5 }),
      null,
    ];
    expect(readList(slots)).toMatchObject({
      dropped: 2,
      oddities: [
        { code: 'negative_count', slots: 2 },
        {
          code: 'slot_dropped',
          detail: '[3].remaining: expected a whole number, got 1.5; the slot is left out',
          slots: 2,
        },
      ],
    });
  });

  it('doesn’t matter in a slot that is left out', () => {
    const { oddities } = readList([leapSlot({ remaining: -2, startDate: '2026-03-03' })]);
    expect(oddities.map(({ code }) => code)).toEqual(['slot_dropped']);
    expect(oddities[0]?.detail).toContain('[0].startDate: asked for 2026-03-02, got 2026-03-03');
  });
});

/** Category and ages of each type in the captures, written out once more. */
const GROUPS: Readonly<Record<string, Pick<PaxAvailability, 'category' | 'minAge' | 'maxAge'>>> = {
  'ADULT_12~99': { category: 'ADULT', minAge: 12, maxAge: 99 },
  'CHILD_3~11': { category: 'CHILD', minAge: 3, maxAge: 11 },
  'CHILD_5~15': { category: 'CHILD', minAge: 5, maxAge: 15 },
  'INFANT_0~4': { category: 'INFANT', minAge: 0, maxAge: 4 },
};

describe('what was captured from the supplier', () => {
  const folder = new URL('../../../../shared/leap-payloads/', import.meta.url);
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
    : [];

  it('is taken as it is (where the captures lie beside the repository)', () => {
    for (const file of files) {
      const body = readFileSync(new URL(file, folder), 'utf8');
      const date = /(\d{4}-\d\d-\d\d)\.json$/.exec(file)?.[1] as LocalDate;
      // All that it says is taken over; category and ages are read from the type; nothing else is added.
      const captured = JSON.parse(body) as { paxAvailability: { type: string }[] }[];
      const slots = captured.map((slot) => ({
        ...slot,
        paxAvailability: slot.paxAvailability.map((pax) => ({ ...pax, ...GROUPS[pax.type] })),
      }));
      expect(readLeapAnswer(body, { ...ASKED, date }, NO_MASK)).toEqual({ slots, ...NOTHING_ODD });
    }
  });
});
