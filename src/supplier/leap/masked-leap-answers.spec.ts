import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { leapPax, leapSlot } from '../../../test/fixtures/leap-answers.js';
import { failureOf, readList } from '../../../test/setup/leap-reading.js';
import { secretMask, type Mask } from '../../secrets/index.js';

describe('a secret that the supplier repeats', () => {
  const KEY = 'the-key-that-nobody-may-see';
  const mask: Mask = { text: withoutPieces, label: (s) => s.replaceAll(KEY, '***') };

  it.each([0, 50, 62, 75, 79])('is masked before the text is shortened, %d letters after its beginning', (before) => {
    const text = `${'x'.repeat(before)}${KEY}`;
    expect(pieceIn(failureOf(text, mask).message)).toBe(false);
    for (const fields of [{ remaining: text }, { startDate: text }, { endTime: text }, { currencyCode: text }]) {
      const { oddities } = readList([leapSlot(fields)], mask);
      expect(oddities).toMatchObject([{ code: 'slot_dropped' }]);
      expect(pieceIn(JSON.stringify(oddities))).toBe(false);
    }
  });

  it('is taken out of labels, ids and types in pieces', () => {
    const real = secretMask(KEY);
    const part = KEY.slice(0, 12);
    const pax = [part, KEY].map((type) => leapPax({ type, name: `for ${part}`, description: `by ${KEY}` }));
    const slots = ['a', 'b'].map((id) => leapSlot({ providerSlotId: `${id}/${part}`, paxAvailability: pax }));
    const answer = readList(slots, real);
    expect(pieceIn(JSON.stringify(answer))).toBe(false);
    expect(answer.slots.map(({ providerSlotId }) => providerSlotId)).toEqual(['a', 'b'].map(maskedId));
    const types = answer.slots.map(({ paxAvailability }) => paxAvailability.map(({ type }) => type));
    expect(types).toEqual([types[0], types[0]]);
    expect(new Set(types[0]).size).toBe(2);
    expect(answer.slots[0]?.paxAvailability[0]).toMatchObject({ name: 'for ***', description: 'by ***' });

    function maskedId(id: string): unknown {
      return expect.stringMatching(new RegExp(`^${id}/\\*\\*\\*~[0-9a-f]{12}$`));
    }
  });

  it('keeps apart slots whose ids differ in nothing but their piece of it', () => {
    const ids = Array.from({ length: 5 }, (_, i) => KEY.slice(i, i + 9));
    const slots = ids.map((providerSlotId, remaining) => leapSlot({ providerSlotId, remaining }));
    const { slots: read, dropped } = readList([...slots, ...slots], secretMask(KEY));
    expect([read.map(({ remaining }) => remaining), dropped]).toEqual([[0, 1, 2, 3, 4], 0]);
    expect(new Set(read.map(({ providerSlotId }) => providerSlotId)).size).toBe(5);
  });

  it('is masked in what is told of an id or a type that was taken', () => {
    const part = KEY.slice(0, 12);
    const twice = [leapPax({ type: part }), leapPax({ type: part, isPrimary: false }), leapPax({ type: 'B' })];
    const slots = [
      leapSlot({ paxAvailability: twice }),
      ...[1, 2].map((remaining) => leapSlot({ providerSlotId: part, remaining })),
    ];
    const { oddities } = readList(slots, mask);
    expect(oddities.map(({ code }) => code).sort()).toEqual([
      'duplicate_pax_type',
      'several_primaries',
      'slot_dropped',
    ]);
    expect(pieceIn(JSON.stringify(oddities))).toBe(false);
  });

  function pieces(): string[] {
    return Array.from({ length: KEY.length - 7 }, (_, i) => KEY.slice(i, i + 8));
  }

  function pieceIn(text: string): boolean {
    return pieces().some((piece) => text.includes(piece));
  }

  /** The whole first, then what is left of it. */
  function withoutPieces(text: string): string {
    const lengths = Array.from({ length: KEY.length - 7 }, (_, i) => KEY.length - i);
    const all = lengths.flatMap((length) =>
      Array.from({ length: KEY.length - length + 1 }, (_, i) => KEY.slice(i, i + length)),
    );
    return all.reduce((clean, piece) => clean.replaceAll(piece, '***'), text);
  }
});
