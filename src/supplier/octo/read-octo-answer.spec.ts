import { describe, expect, it } from '@jest/globals';
import { FIRST, LAST, octoPrice, octoSlot, octoTicket, requested } from '../../../test/fixtures/octo-answers.js';
import { readItems, slotOf, whyDropped } from '../../../test/setup/octo-reading.js';
import { SupplierFailure } from '../supplier-error.js';
import { readOctoAnswer } from './read-octo-answer.js';

const CLOSED = { slots: [], oddities: [], dropped: 0 };

describe('an availability answer', () => {
  it('is taken over field by field', () => {
    expect(slotOf(octoSlot())).toEqual({
      startDate: '2026-06-01',
      startTime: '10:00',
      endTime: '11:30',
      providerSlotId: '2026-06-01T10:00:00+02:00',
      variantId: null,
      remaining: 12,
      currencyCode: 'EUR',
      paxAvailability: [
        {
          ...{ type: 'unit_a', name: 'Grown-up', description: null, isPrimary: true, min: 1, max: 9, remaining: 12 },
          price: { finalPrice: 19.99, originalPrice: 25, discount: 20.04, currencyCode: 'EUR' },
          ...{ category: 'ADULT', minAge: 13, maxAge: 99 },
        },
        {
          ...{ type: 'unit_c', name: 'Kid', description: null, isPrimary: false, min: null, max: 9, remaining: 12 },
          price: { finalPrice: 10, originalPrice: 10, discount: 0, currencyCode: 'EUR' },
          ...{ category: 'CHILD', minAge: 4, maxAge: 12 },
        },
      ],
    });
  });

  it('is divided by dates; a date that is left out is closed', () => {
    const days = readItems([octoTicket('2026-06-03'), octoSlot(), octoSlot({ id: 'b' })]);
    expect([...days.keys()]).toEqual(['2026-06-01', '2026-06-02', '2026-06-03']);
    expect([...days.values()].map(({ slots }) => slots.length)).toEqual([2, 0, 1]);
    expect(days.get('2026-06-02')).toEqual(CLOSED);
  });

  it('may be empty: all dates are closed', () => {
    expect([...readItems([]).values()]).toEqual([CLOSED, CLOSED, CLOSED]);
  });

  it('leaves out, and reports, what can’t be read, on its own date', () => {
    const days = readItems([octoSlot({ vacancies: 'many' }), octoTicket('2026-06-02')]);
    expect(days.get('2026-06-01')).toEqual({
      ...{ slots: [], dropped: 1 },
      oddities: [
        {
          ...{ code: 'slot_dropped', slots: 1 },
          detail: '[0].vacancies: expected a whole number, got "many"; the slot is left out',
        },
      ],
    });
    expect(days.get('2026-06-02')).toMatchObject({ dropped: 0, slots: [{}] });
  });

  it('reports what lies out of the span at the nearest date', () => {
    const days = readItems([octoTicket('2026-05-31'), octoTicket('2026-06-02'), octoTicket('2026-06-20')]);
    expect([...days.values()].map(({ dropped, slots }) => [slots.length, dropped])).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
    ]);
    const why = '2026-06-20 is not from 2026-06-01 to 2026-06-03, as requested';
    expect(days.get('2026-06-03')?.oddities).toEqual([
      { code: 'other_date', detail: `[2].localDateTimeStart: ${why}`, slots: 1 },
    ]);
  });

  it('reads a day alike whatever lies out of the span', () => {
    const readLast = (outside: readonly object[], unknown = new Set<string>()) => {
      const day = readOctoAnswer(JSON.stringify([octoSlot(), ...outside]), requested({ unknown })).get(LAST);
      return day instanceof SupplierFailure ? day.kind : day && { ...day, oddities: [] };
    };
    const outside = Array.from({ length: 2_001 }, (_, i) => octoTicket('2026-06-04', { id: String(i) }));
    expect(readLast(outside)).toEqual(readLast([]));
    expect(readLast(outside, new Set([LAST]))).toBe('not_yet');
  });

  it('closes no date while it lists a slot whose date can’t be read, which contradicts its id', () => {
    const days = readItems([
      octoSlot(),
      octoSlot({ localDateTimeStart: '01/06/2026 10:00' }),
      octoTicket('2026-06-02'),
    ]);
    expect([...days.values()].map(({ slots, dropped }) => [slots.length, dropped])).toEqual([
      [0, 2],
      [1, 1],
      [0, 1],
    ]);
  });

  it('takes an id twice with the same content once, and with other content not at all', () => {
    expect(readItems([octoSlot(), octoSlot()]).get(FIRST)).toMatchObject({ slots: [{}], dropped: 0 });
    const contradicting = readItems([octoSlot(), octoSlot({ vacancies: 3 }), octoSlot({ id: 'b' })]).get(FIRST);
    expect(contradicting).toMatchObject({ slots: [{ providerSlotId: 'b' }], dropped: 2 });
    expect(contradicting?.oddities[0]?.detail).toContain('[0].id: "2026-06-01T10:00:00+02:00" is listed several times');
  });

  it.each<[string, unknown]>([
    ['an object', { slots: [] }],
    ['no slots', [1, {}, 'x', { vacancies: 3 }]],
    ['other dates only, as if the span were ignored', [octoTicket('2026-07-01'), octoTicket('2026-05-01')]],
  ])('is none if it is %s', (_, body) => {
    expect(() => readOctoAnswer(JSON.stringify(body), requested())).toThrow(/^bad_answer: (expected|requested)/);
  });

  it('is none if it is cut, and is not quoted then', () => {
    const cut = JSON.stringify([{ unitPricing: [octoPrice()] }]).slice(0, -3);
    expect(() => readOctoAnswer(cut, requested())).toThrow(`bad_answer: not JSON: ${cut.length} characters`);
  });

  it('is none of other dates, which are named', () => {
    const other = JSON.stringify([octoTicket('2026-07-01')]);
    const one = { ...requested(), last: requested().first };
    expect(() => readOctoAnswer(other, one)).toThrow(`requested ${FIRST}, got 1 slot, all of other dates`);
    expect(() => readOctoAnswer(other, requested())).toThrow(`requested ${FIRST} to ${LAST}, got 1 slot`);
  });

  it('may have one date with far too many slots, which fails alone', () => {
    const many = Array.from({ length: 2_001 }, (_, i) => octoSlot({ id: String(i) }));
    const days = readOctoAnswer(JSON.stringify([...many, octoTicket(LAST)]), requested());
    expect(days.get(FIRST)).toEqual(new SupplierFailure('bad_answer', '2001 slots on 2026-06-01'));
    expect(days.get(LAST)).toMatchObject({ dropped: 0, slots: [{}] });
  });
});

describe('a slot without a price', () => {
  it('is left out if it can be booked', () => {
    const days = readItems([octoSlot({ unitPricing: undefined }), octoTicket('2026-06-02')]);
    expect(days.get(FIRST)?.oddities[0]?.detail).toBe('[0].unitPricing: the slot has no price; the slot is left out');
  });

  it('is reported with the missing capability if all lack it', () => {
    expect(whyDropped(octoSlot({ unitPricing: [] }))).toContain('the supplier does not offer octo/pricing');
  });

  it('says only that there is none if it can’t be booked', () => {
    const closed = octoTicket(FIRST, { available: false, status: 'CLOSED', vacancies: 0, unitPricing: undefined });
    expect(readItems([closed]).get(FIRST)).toEqual(CLOSED);
  });
});
