import { describe, expect, it } from '@jest/globals';
import type { CalendarDay, CalendarRow } from '../inventory/index.js';
import { addDays, toDatabaseDate, type LocalDate } from '../time/index.js';
import { calendarAnswer } from './calendar.js';

const FROM = '2026-03-02' as LocalDate;
const NONE = { timeZone: null, date: null };

/** The day `lead` days from today, open unless it is said otherwise. */
function row(lead: number, fields: Partial<CalendarDay> = {}): CalendarRow {
  return {
    timeZone: null,
    date: toDatabaseDate(addDays(FROM, lead)),
    openSlots: 9,
    remaining: 18_000n,
    finalPrice: '212.14',
    originalPrice: '312.14',
    discount: '0',
    currencyCode: 'SGD',
    confirmedAt: new Date('2026-03-02T01:00:00.000Z'),
    changedAt: new Date('2026-03-01T01:00:00.000Z'),
    staleAfter: new Date('2026-03-02T05:00:00.000Z'),
    ...fields,
  };
}

function soldOut(lead: number, fields: Partial<CalendarDay> = {}): CalendarRow {
  const nothing = { finalPrice: null, originalPrice: null, discount: null, currencyCode: null };
  return row(lead, { openSlots: 0, remaining: 0n, ...nothing, ...fields });
}

function answer(rows: readonly CalendarRow[], from: LocalDate = FROM) {
  const fresh = calendarAnswer(14, { from, days: 4 }, rows);
  return { ...fresh, json: JSON.parse(fresh.body) as Record<string, unknown> };
}

describe('the calendar of an experience', () => {
  it('lists the bookable dates with the cheapest price, today included', () => {
    const { json, complete } = answer([
      row(0),
      row(1, { finalPrice: '43', openSlots: 1, remaining: 2n }),
      row(2),
      row(3),
    ]);
    expect(json).toMatchObject({ id: 14, from: '2026-03-02', to: '2026-03-06', unknown: [] });
    expect((json['dates'] as unknown[]).slice(0, 2)).toEqual([
      {
        date: '2026-03-02',
        price: { finalPrice: 212.14, originalPrice: 312.14, discount: 0, currencyCode: 'SGD' },
        remaining: 18_000,
        slots: 9,
      },
      {
        date: '2026-03-03',
        price: { finalPrice: 43, originalPrice: 312.14, discount: 0, currencyCode: 'SGD' },
        remaining: 2,
        slots: 1,
      },
    ]);
    expect(complete).toBe(true);
  });

  it('has its fields in the order of the contract', () => {
    expect(Object.keys(answer([row(0)]).json)).toEqual(['id', 'from', 'to', 'asOf', 'staleAfter', 'dates', 'unknown']);
  });

  it('writes money and counts as the digits that are stored', () => {
    const { body } = answer([row(0, { finalPrice: '0.10', remaining: 9_007_199_254_740_993n })]);
    expect(body).toContain('"finalPrice":0.10,');
    expect(body).toContain('"remaining":9007199254740993,');
  });

  it('leaves out dates that are sold out or closed, and tells apart those that nobody fetched', () => {
    const { json, complete } = answer([row(3), soldOut(1), row(0)]);
    expect((json['dates'] as { date: string }[]).map(({ date }) => date)).toEqual(['2026-03-02', '2026-03-05']);
    expect(json['unknown']).toEqual(['2026-03-04']);
    expect(complete).toBe(false);
  });

  it('does not list what lies outside of the window', () => {
    const { json } = answer([row(-1), row(4), row(0), row(1), row(2), row(3)]);
    expect((json['dates'] as unknown[]).length).toBe(4);
    expect(json['unknown']).toEqual([]);
  });

  it('of an experience of which nothing is known: no dates, all of them unknown, no freshness', () => {
    const { json, staleAfter, changedAt, complete } = answer([NONE]);
    expect(json).toEqual({
      id: 14,
      from: '2026-03-02',
      to: '2026-03-06',
      asOf: null,
      staleAfter: null,
      dates: [],
      unknown: ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'],
    });
    expect({ staleAfter, changedAt, complete }).toEqual({ staleAfter: null, changedAt: null, complete: false });
  });
});

describe('the freshness of the calendar', () => {
  const early = { confirmedAt: new Date('2026-03-01T00:00:00Z'), staleAfter: new Date('2026-03-01T04:00:00Z') };
  const late = { confirmedAt: new Date('2026-03-02T00:00:00Z'), staleAfter: new Date('2026-03-02T00:15:00Z') };

  it('is that of the oldest confirmation and the first broken promise among the listed dates', () => {
    const { json, staleAfter } = answer([row(0, late), row(1, early), row(2)]);
    expect(json).toMatchObject({ asOf: '2026-03-01T00:00:00.000Z', staleAfter: '2026-03-01T04:00:00.000Z' });
    expect(staleAfter).toEqual(early.staleAfter);
  });

  it('does not count dates that are not listed, unless none is', () => {
    expect(answer([row(0, late), soldOut(1, early)]).json).toMatchObject({ asOf: '2026-03-02T00:00:00.000Z' });
    expect(answer([soldOut(0, late), soldOut(1, early)]).json).toMatchObject({ asOf: '2026-03-01T00:00:00.000Z' });
  });

  it('tells the last change of any date, also of one that is listed no more', () => {
    const changedAt = new Date('2026-03-02T00:30:00Z');
    expect(answer([row(0), soldOut(1, { changedAt }), row(2)]).changedAt).toEqual(changedAt);
  });
});

describe('the tag of the calendar', () => {
  const { tag } = answer([row(0), row(1)]);

  it('stays when a confirmation changes nothing', () => {
    const confirmedAt = new Date('2026-03-02T02:00:00Z');
    expect(answer([row(0, { confirmedAt, staleAfter: confirmedAt }), row(1)]).tag).toBe(tag);
  });

  it.each([
    ['a price', answer([row(0, { finalPrice: '212.15' }), row(1)])],
    ['a currency', answer([row(0, { currencyCode: 'EUR' }), row(1)])],
    ['what remains', answer([row(0, { remaining: 17_999n }), row(1)])],
    ['the number of slots', answer([row(0, { openSlots: 8 }), row(1)])],
    ['what is sold out', answer([row(0), soldOut(1)])],
    ['what is known', answer([row(0)])],
    ['today', answer([row(0), row(1)], addDays(FROM, -1))],
    ['the experience', calendarAnswer(15, { from: FROM, days: 4 }, [row(0), row(1)])],
  ])('changes with %s', (_, other) => {
    expect(other.tag).not.toBe(tag);
  });
});
