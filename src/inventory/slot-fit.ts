import { totalOf, type Total } from './exact-total.js';
import type { Party } from './party.js';
import type { PaxKind, ShortSlots } from './short-slots.js';

/** Why a slot does not take a party. `not_offered`: it lacks a pax type, or takes fewer or more of it in one booking. */
export type Misfit = 'too_few_places' | 'not_offered';

/** What slots of a day cost, each at its place. Lists and not objects, because hundreds of days are fitted for one response. */
export class Offers {
  /** The places of the slots in the day. */
  readonly slots: number[] = [];
  /** Null: in several currencies. */
  readonly totals: (Total | null)[] = [];
  readonly currencies: (string | null)[] = [];

  add(slot: number, total: Total | null, currencyCode: string | null): void {
    this.slots.push(slot);
    this.totals.push(total);
    this.currencies.push(currencyCode);
  }
}

/** One member of a party: which kinds of a day it may be, the better one first. */
interface MemberKinds {
  readonly count: number;
  /** By the place of the kind: 0 is the best; absent: no such kind. */
  readonly ranks: readonly (number | undefined)[];
}

/** A party, prepared for the slots of days with the same kinds. */
interface PartyKinds {
  readonly counts: readonly number[];
  /** What the members pay in the slot that is looked at. */
  readonly amounts: number[];
  readonly members: readonly MemberKinds[];
}

/** A party, prepared for the days of one response: most of them have the same kinds. */
export class PreparedParty {
  private last: { readonly kinds: readonly PaxKind[]; readonly prepared: PartyKinds } | undefined;

  constructor(private readonly party: Party) {}

  for(kinds: readonly PaxKind[]): PartyKinds {
    if (this.last?.kinds !== kinds) this.last = { kinds, prepared: kindsFor(this.party, kinds) };
    return this.last.prepared;
  }
}

const NAMED = 0;
const PRIMARY = 1;
const OTHER = 2;
/** A kind without places is worse than any with them. */
const WITHOUT_PLACES = 3;

/**
 * Which kinds each member of a party may be. A member is named by type or by category; a type that the party names is not
 * also taken for a category, so that no two members compete for one type.
 */
function kindsFor(party: Party, kinds: readonly PaxKind[]): PartyKinds {
  if ('places' in party) {
    const ranks = kinds.map(([, , primary]) => (primary === 1 ? NAMED : undefined));
    const members = [{ count: party.places, ranks }];
    return { counts: [party.places], amounts: [0], members };
  }
  const named = new Set(party.members.map(({ pax }) => pax));
  const members = party.members.map(({ pax, count }) => ({
    count,
    ranks: kinds.map(([type, category, primary]) => {
      if (type === pax) return NAMED;
      if (category !== pax || named.has(type)) return undefined;
      return primary === 1 ? PRIMARY : OTHER;
    }),
  }));
  const counts = members.map(({ count }) => count);
  return { counts, amounts: counts.map(() => 0), members };
}

/** Adds the slot at this place to what the party can book. @returns why it cannot book it; null: it can */
export function offerSlot(day: ShortSlots, at: number, party: PartyKinds, offers: Offers): Misfit | null {
  const { counts, amounts, members } = party;
  let enough = true;
  let taken = 0;
  let currencyCode: string | null = null;
  let several = false;
  for (let i = 0; i < members.length; i++) {
    const member = members[i] as MemberKinds;
    const kind = bestOf(member, day, at);
    if (kind < 0) return 'not_offered';
    enough &&= hasPlaces(day.columns[kind]?.[0][at], member.count);
    taken += member.count * (day.kinds[kind]?.[6] ?? 1);
    const currency = day.kinds[kind]?.[5] ?? null;
    several ||= currencyCode !== null && currency !== currencyCode;
    currencyCode = currency;
    amounts[i] = day.columns[kind]?.[1][at] ?? 0;
  }
  if (!enough || !hasPlaces(day.remaining[at], taken)) return 'too_few_places';
  if (several || currencyCode === null) offers.add(at, null, null);
  else offers.add(at, totalOf(counts, amounts), currencyCode);
  return null;
}

/**
 * The kind that a member books: within its bounds, with places if one has them, then the better rank, then the lower price. Below
 * zero: none takes so many.
 */
function bestOf({ count, ranks }: MemberKinds, { kinds, columns }: ShortSlots, at: number): number {
  let best = -1;
  let bestRank = Infinity;
  let bestPrice = Infinity;
  for (let place = 0; place < kinds.length; place++) {
    let rank = ranks[place];
    if (rank === undefined) continue;
    const price = columns[place]?.[1][at] ?? null;
    const kind = kinds[place];
    if (price === null || !kind || count < (kind[3] ?? 0) || count > (kind[4] ?? Infinity)) continue;
    if (!hasPlaces(columns[place]?.[0][at], count)) rank += WITHOUT_PLACES;
    if (rank < bestRank || (rank === bestRank && price < bestPrice)) [best, bestRank, bestPrice] = [place, rank, price];
  }
  return best;
}

function hasPlaces(remaining: number | null | undefined, count: number): boolean {
  return remaining === null || remaining === undefined || count <= remaining;
}
