import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyDay, anyTime, pax, price, supplied } from '../../test/fixtures/supplied-slots.js';
import { isBookable } from './bookable.js';
import { closesAt } from './closing-time.js';
import { dayDocument } from './day-document.js';
import { fitDay, primaryPrice } from './day-fit.js';
import { totalText } from './exact-total.js';
import type { Party, PartyMember } from './party.js';
import { primaryOf } from './primary-pax.js';
import { NO_SLOTS, parseShortSlots, shortSlots, slotName, type ShortSlots } from './short-slots.js';
import type { PaxAvailability, Slot, SuppliedSlot } from './slot.js';
import { PreparedParty } from './slot-fit.js';

const FAMILY: Party = {
  members: [
    { pax: 'ADULT', count: 2 },
    { pax: 'CHILD', count: 1 },
  ],
};

const adult = (fields: Partial<PaxAvailability> = {}) =>
  pax({ type: 'ADULT_12~99', isPrimary: true, category: 'ADULT', price: price(341), ...fields });
const child = (fields: Partial<PaxAvailability> = {}) =>
  pax({ type: 'CHILD_4~11', category: 'CHILD', price: price(241.5), ...fields });
const at = (startTime: string, fields: Partial<SuppliedSlot> = {}) =>
  supplied({ startTime, endTime: startTime, paxAvailability: [adult(), child()], ...fields }, `at-${startTime}`);

function shortOf(slots: readonly SuppliedSlot[]): ShortSlots {
  const { short } = dayDocument(slots);
  return short === null ? NO_SLOTS : parseShortSlots(short);
}

function fitted(slots: readonly SuppliedSlot[], party: Party | null = FAMILY, time: string | null = null) {
  const day = shortOf(slots);
  const { state, slots: count, slot, price: paid, next } = fitDay(day, party && new PreparedParty(party), time);
  const [start] = slot === null ? [null] : slotName(day, slot);
  return { state, slots: count, start, total: paid && totalText(paid.total), next };
}

describe('a party on a day', () => {
  it('pays the exact sum in the cheapest slot, of equal ones the earliest', () => {
    const cheap = [adult({ price: price(340.9) }), child({ price: price(241.5) })];
    const day = [at('09:00'), at('10:00', { paxAvailability: cheap }), at('11:00', { paxAvailability: cheap })];
    expect(fitted(day)).toEqual({ state: 'available', slots: 3, start: '10:00', total: '923.3', next: null });
  });

  it('fits where each kind has so many left, and the slot places for all of them', () => {
    expect(fitted([at('09:00', { remaining: 3 })]).state).toBe('available');
    expect(fitted([at('09:00', { remaining: 2 })]).state).toBe('too_few_places');
    expect(fitted([at('09:00', { paxAvailability: [adult({ remaining: 1 }), child()] })]).state).toBe('too_few_places');
    expect(fitted([at('09:00', { paxAvailability: [adult({ remaining: 2 }), child({ remaining: 1 })] })]).state).toBe(
      'available',
    );
  });

  it('fits where the slot has the places that its kinds take, as a family ticket takes several', () => {
    const ticket = pax({ type: 'FAMILY', category: 'FAMILY', price: price(900), places: 4, remaining: 2 });
    const party = { members: [...FAMILY.members, { pax: 'FAMILY', count: 2 }] };
    const stateAt = (remaining: number) =>
      fitted([at('09:00', { remaining, paxAvailability: [adult(), child(), ticket] })], party).state;
    expect([stateAt(11), stateAt(10)]).toEqual(['available', 'too_few_places']);
    const alone = [pax({ isPrimary: true, places: 4, remaining: null })];
    const ofAnybody = (remaining: number) => fitted([at('09:00', { remaining, paxAvailability: alone })], null).state;
    expect([ofAnybody(4), ofAnybody(3)]).toEqual(['available', 'sold_out']);
  });

  it('fits where nothing is counted', () => {
    const unlimited = [adult({ remaining: null, max: null, min: null }), child({ remaining: null })];
    expect(fitted([at('09:00', { remaining: null, paxAvailability: unlimited })]).state).toBe('available');
  });

  it('is not offered what lacks its kinds, or takes fewer or more of them at once', () => {
    expect(fitted([at('09:00', { paxAvailability: [adult()] })]).state).toBe('not_offered');
    expect(fitted([at('09:00', { paxAvailability: [adult({ min: 3 }), child()] })]).state).toBe('not_offered');
    expect(fitted([at('09:00', { paxAvailability: [adult({ max: 1 }), child()] })]).state).toBe('not_offered');
  });

  it('finds a day sold out where nobody can book, and closed where nothing is listed that is yet to start', () => {
    expect(fitted([at('09:00', { remaining: 0 })]).state).toBe('sold_out');
    expect(fitted([]).state).toBe('closed');
    expect(fitted([at('09:00')], FAMILY, '09:00')).toMatchObject({ state: 'closed', next: null });
    expect(fitted([at('09:00'), at('10:00', { remaining: 0 })], FAMILY, '09:30').state).toBe('sold_out');
    expect(fitted([at('09:00'), at('10:00')], FAMILY, '09:30')).toMatchObject({ start: '10:00', next: '10:00' });
  });

  it('takes the primary type of a category, otherwise the cheapest, and the named type if it is named', () => {
    const types = [adult({ price: price(50) }), adult({ type: 'RESIDENT', isPrimary: false, price: price(20) })];
    const two = (kind: string, count = 2): Party => ({ members: [{ pax: kind, count }] });
    expect(fitted([at('09:00', { paxAvailability: types })], two('ADULT')).total).toBe('100');
    expect(fitted([at('09:00', { paxAvailability: types })], two('RESIDENT')).total).toBe('40');
    const [primary, resident] = types as [PaxAvailability, PaxAvailability];
    const local = { ...resident, type: 'LOCAL', price: price(15) };
    const others = [{ ...primary, remaining: 1 }, resident, local];
    expect(fitted([at('09:00', { paxAvailability: others })], two('ADULT')).total).toBe('30');
  });

  it('does not take a type that it names for a category, too', () => {
    const party: Party = {
      members: [
        { pax: 'ADULT', count: 1 },
        { pax: 'ADULT_12~99', count: 1 },
      ],
    };
    expect(fitted([at('09:00')], party).state).toBe('not_offered');
  });

  it('pays the lower price where a slot has its type twice', () => {
    const twice = [adult(), child(), child({ price: price(20) })];
    const two: Party = { members: [{ pax: 'CHILD', count: 2 }] };
    expect(fitted([at('09:00', { paxAvailability: twice })], two).total).toBe('40');
    expect(fitted([at('09:00', { paxAvailability: [...twice].reverse() })], two).total).toBe('40');
  });

  it('pays nothing that can be named where its kinds have prices in several currencies', () => {
    const mixed = [adult(), child({ price: price(20, 'EUR') })];
    expect(fitted([at('09:00', { paxAvailability: mixed })])).toMatchObject({ state: 'available', total: null });
    expect(fitted([at('09:00', { paxAvailability: mixed }), at('10:00')])).toMatchObject({ start: '10:00', slots: 2 });
    const both = [at('09:00', { paxAvailability: mixed }), at('10:00', { paxAvailability: mixed })];
    expect(fitted(both)).toMatchObject({ start: '09:00', slots: 2, total: null });
  });

  it('is so many of the primary type where only places are given', () => {
    expect(fitted([at('09:00')], { places: 3 }).total).toBe('1023');
    expect(fitted([at('09:00', { remaining: 2 })], { places: 3 }).state).toBe('too_few_places');
  });
});

const NAMES = ['ADULT', 'CHILD', 'adult_12~99', 'SENIOR'];
const anyParty: fc.Arbitrary<Party> = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((places) => ({ places })),
  fc
    .uniqueArray(fc.record({ pax: fc.constantFrom(...NAMES), count: fc.integer({ min: 1, max: 12 }) }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ pax: kind }) => kind,
    })
    .map((members) => ({ members })),
);

/** Every way to give each member of the party one type of the slot, tried one after the other. */
function reference(slot: Slot, party: Party): 'fits' | 'too_few_places' | 'not_offered' {
  const members: readonly (PartyMember | { count: number })[] =
    'places' in party ? [{ count: party.places }] : party.members;
  const named = 'members' in party ? party.members.map(({ pax: kind }) => kind) : [];
  const primary = primaryOf(slot.paxAvailability);
  const mayBe = (member: PartyMember | { count: number }, each: PaxAvailability): boolean => {
    if (!('pax' in member)) return each === primary;
    return each.type === member.pax || (each.category === member.pax && !named.includes(each.type));
  };
  let ways: PaxAvailability[][] = [[]];
  for (const member of members) {
    const types = slot.paxAvailability.filter(
      (each) => mayBe(member, each) && member.count >= (each.min ?? 0) && member.count <= (each.max ?? Infinity),
    );
    ways = ways.flatMap((way) => types.map((type) => [...way, type]));
  }
  if (ways.length === 0) return 'not_offered';
  const people = members.reduce((sum, { count }) => sum + count, 0);
  const fits = ways.some((way) => way.every(({ remaining }, i) => (members[i]?.count ?? 0) <= (remaining ?? Infinity)));
  return fits && people <= (slot.remaining ?? Infinity) ? 'fits' : 'too_few_places';
}

describe('a day in short', () => {
  const slotsOf = (supplies: readonly SuppliedSlot[]) => JSON.parse(dayDocument(supplies).json) as Slot[];

  it('takes exactly the parties that its document takes, at any time', () => {
    fc.assert(
      fc.property(anyDay, anyParty, fc.option(anyTime), (supplies, party, time) => {
        const open = slotsOf(supplies).filter((slot) => time === null || closesAt(slot) > time);
        const verdicts = open.map((slot) => reference(slot, party));
        const fits = verdicts.filter((verdict) => verdict === 'fits').length;
        const expected =
          fits > 0
            ? 'available'
            : !open.some(isBookable)
              ? open.length === 0
                ? 'closed'
                : 'sold_out'
              : verdicts.includes('too_few_places')
                ? 'too_few_places'
                : 'not_offered';
        expect(fitted(supplies, party, time)).toMatchObject({ state: expected, slots: fits });
      }),
      { numRuns: 1_000 },
    );
  });

  it('has the calendar’s price for anyone', () => {
    fc.assert(
      fc.property(anyDay, (supplies) => {
        const slots = slotsOf(supplies);
        const { summary } = dayDocument(supplies);
        const short = shortSlots(slots);
        const fit = fitDay(short, null, null);
        expect(fit.slots).toBe(summary.openSlots);
        fc.pre(slots.every((slot) => !isBookable(slot) || isBookable(withPrimaryOnly(slot))));
        const shown = fit.slot === null ? undefined : primaryPrice(short, fit.slot);
        expect(shown?.finalPrice).toBe(summary.price?.finalPrice);
        expect(shown?.currencyCode).toBe(summary.price?.currencyCode);
      }),
    );
  });
});

function withPrimaryOnly(slot: Slot): Slot {
  const primary = primaryOf(slot.paxAvailability);
  return { ...slot, paxAvailability: primary ? [primary] : [] };
}
