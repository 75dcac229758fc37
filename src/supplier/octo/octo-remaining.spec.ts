import { describe, expect, it } from '@jest/globals';
import { octoSlot, octoTicket } from '../../../test/fixtures/octo-answers.js';
import { dayOf, slotOf, whyDropped } from '../../../test/setup/octo-reading.js';

type Fields = Record<string, unknown>;

describe('the places left', () => {
  it.each<[what: string, fields: Fields, remaining: number | null]>([
    ['vacancies', { vacancies: 7 }, 7],
    ['vacancies, also of a slot that is almost sold out', { status: 'LIMITED', vacancies: 2 }, 2],
    ['none if it is not available, whatever the status', { available: false }, 0],
    ['none if it is sold out', { status: 'SOLD_OUT' }, 0],
    ['none if it is closed', { status: 'closed' }, 0],
    ['none if it is sold out without a number', { available: false, status: 'SOLD_OUT', vacancies: null }, 0],
    ['unlimited if it is on free sale', { status: 'FREESALE', vacancies: null, capacity: null }, null],
    ['unlimited if it is on free sale, whatever the number', { status: 'FREESALE', vacancies: 0 }, null],
    ['none if it is on free sale, but not available', { status: 'FREESALE', available: false, vacancies: null }, 0],
    ['vacancies under an unknown status', { status: 'ON_REQUEST', vacancies: 3 }, 3],
    ['vacancies if the status alone says that it can be booked', { available: undefined, vacancies: 3 }, 3],
    ['none after the cutoff', { utcCutoffAt: '2026-05-20T08:00:00Z' }, 0],
    ['vacancies before the cutoff', { utcCutoffAt: '2026-05-20T08:00:01Z' }, 12],
    ['none after the cutoff of a slot on free sale', { status: 'FREESALE', utcCutoffAt: '2026-05-20T07:59:00Z' }, 0],
    ['vacancies without a cutoff', { utcCutoffAt: null }, 12],
  ])('are %s', (_, fields, remaining) => {
    const slot = slotOf(octoSlot(fields));
    expect(slot.remaining).toBe(remaining);
    expect(slot.paxAvailability.map((pax) => pax.remaining)).toEqual([remaining, remaining]);
  });

  it('are none below zero', () => {
    expect(dayOf(octoSlot({ vacancies: -2 }), '2026-06-01')).toMatchObject({
      slots: [{ remaining: 0 }],
      oddities: [{ code: 'negative_count' }],
    });
  });

  it('are unlimited, and reported, if the slot can be booked and nothing is counted', () => {
    expect(dayOf(octoSlot({ vacancies: null, capacity: null }), '2026-06-01')).toMatchObject({
      slots: [{ remaining: null }],
      oddities: [
        {
          code: 'missing_count',
          detail: '[0].vacancies: null was read as unlimited: the slot can be booked, and has no capacity',
        },
      ],
    });
  });

  it.each<[Fields, string]>([
    [{ vacancies: null }, 'no number of places, but they are limited (capacity 20)'],
    [
      { vacancies: null, capacity: null, status: 'LIMITED' },
      'no number of places, but they are limited (status LIMITED)',
    ],
    [{ available: undefined, status: undefined }, 'expected true or false, or a known status; got ""'],
    [{ available: 'perhaps' }, 'expected true or false, got "perhaps"'],
    [{ vacancies: 2.5 }, 'expected a whole number, got 2.5'],
  ])('are unknown, and the slot is left out: %j', (fields, why) => {
    expect(whyDropped(octoSlot(fields))).toContain(why);
  });

  it('ignores a cutoff that is no instant, and reports it', () => {
    for (const utcCutoffAt of ['soon', '2026-05-01T10:00:00', 17]) {
      expect(dayOf(octoSlot({ utcCutoffAt }), '2026-06-01')).toMatchObject({
        slots: [{ remaining: 12 }],
        oddities: [{ code: 'unreadable_cutoff' }],
      });
    }
  });

  it('closes a ticket of which the cutoff has passed', () => {
    const sentAt = new Date('2026-06-01T21:00:00Z');
    expect(slotOf(octoTicket('2026-06-01'), { sentAt }).remaining).toBe(0);
  });
});
