import { describe, expect, it } from '@jest/globals';
import { octoSlot, octoTicket, requested } from '../../../test/fixtures/octo-answers.js';
import { readItems, slotOf, whyDropped } from '../../../test/setup/octo-reading.js';
import { SupplierFailure } from '../supplier-error.js';
import { readOctoAnswer } from './read-octo-answer.js';

const AS_OF = '2026-05-19T21:04:05.678Z';
const price = { finalPrice: 4.125, originalPrice: null, discount: -3.5, currencyCode: 'KWD' };
const pax = {
  ...{ type: 'x', name: null, description: 'all', isPrimary: true, min: 0, max: 4, remaining: 3, price },
  ...{ category: 'FAMILY', minAge: null, maxAge: 99, places: 4 },
};
const SLOT = {
  ...{ startDate: '2026-06-01', startTime: '23:30', endTime: '01:00', providerSlotId: 'theirs', variantId: 7 },
  ...{ remaining: null, currencyCode: 'KWD', paxAvailability: [pax] },
};
const mirrored = { mirrored: true };
const item = (slot: object | null = SLOT, asOf: unknown = AS_OF) => octoSlot({ slotmirror: { asOf, slot } });

describe('an answer of a mirror', () => {
  it('has each slot as it is stored there, whatever OCTO says of it', () => {
    expect(slotOf({ ...item(), available: false, unitPricing: [] }, mirrored)).toEqual(SLOT);
  });

  it('says of each day when it was true, also of one without slots', () => {
    const days = readItems([item(), octoTicket('2026-06-02', { slotmirror: { asOf: AS_OF, slot: null } })], mirrored);
    expect(days.get('2026-06-01')).toMatchObject({ trueAt: new Date(AS_OF) });
    expect(days.get('2026-06-02')).toEqual({ slots: [], oddities: [], dropped: 0, trueAt: new Date(AS_OF) });
    expect(days.get('2026-06-03')).toEqual({ slots: [], oddities: [], dropped: 0 });
  });

  it('does not close the dates that the mirror does not know', () => {
    const unknown = new Set(['2026-06-02', '2026-06-03']);
    const days = readOctoAnswer(JSON.stringify([item()]), requested({ ...mirrored, unknown }));
    expect([...days.values()].map((day) => day instanceof SupplierFailure && day.kind)).toEqual([
      ...[false, 'not_yet', 'not_yet'],
    ]);
  });

  it.each<[string, object, string]>([
    ['no stored slot', octoSlot(), '[0].slotmirror: expected the stored slot, got nothing'],
    [
      'a field',
      item({ ...SLOT, remaining: 'many' }),
      '[0].slotmirror.slot.remaining: expected a whole number, got "many"',
    ],
    [
      'another date',
      item({ ...SLOT, startDate: '2026-06-02' }),
      '[0].slotmirror.slot.startDate: asked for 2026-06-01, got 2026-06-02',
    ],
    [
      'a category',
      item({ ...SLOT, paxAvailability: [{ ...pax, category: 'ROBOT' }] }),
      '[0].slotmirror.slot.paxAvailability[0].category: expected a category, got "ROBOT"',
    ],
    [
      'another zone',
      { ...item(), localDateTimeStart: '2026-06-01T10:00:00+08:00' },
      '[0].localDateTimeStart: "2026-06-01T10:00:00+08:00" is not in the zone Europe/Berlin',
    ],
  ])('leaves out what it can’t read: %s', (_, odd, why) => {
    expect(whyDropped(odd, mirrored)).toContain(why);
  });

  it('is as old as its request where it does not say when it was true', () => {
    expect(readItems([item(SLOT, 'lately')], mirrored).get('2026-06-01')).not.toHaveProperty('trueAt');
  });
});
