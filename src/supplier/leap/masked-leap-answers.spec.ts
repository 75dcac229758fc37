import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { leapPax, leapSlot } from '../../../test/fixtures/leap-answers.js';
import { failureOf, readList } from '../../../test/setup/leap-reading.js';
import type { Mask } from '../../secrets/index.js';

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

  it('is taken out of labels in pieces, and out of ids and types only as a whole', () => {
    const part = KEY.slice(0, 12);
    const pax = leapPax({ type: `${part} ${KEY}`, name: `for ${part}`, description: `by ${KEY}` });
    const { slots } = readList([leapSlot({ providerSlotId: `${part}/${KEY}`, paxAvailability: [pax] })], mask);
    const [slot] = slots;
    expect(slot?.providerSlotId).toBe(`${part}/***`);
    expect(slot?.paxAvailability[0]).toMatchObject({ type: `${part} ***`, name: 'for ***', description: 'by ***' });
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
