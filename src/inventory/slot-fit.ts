import { totalOf, type Total } from './exact-total.js';
import type { Party } from './party.js';
import { PAX_STEP, type PaxKind, type ShortSlot } from './short-slots.js';

/** Why a slot does not take a party. `not_offered`: it lacks a pax type, or takes fewer or more of it in one booking. */
export type Misfit = 'too_few_places' | 'not_offered';

/** What a party pays in a slot; null: in several currencies. */
export interface Price {
  readonly total: Total;
  readonly currencyCode: string;
}

/** One member of a party: which kinds of a day it may be, the better one first. */
interface MemberKinds {
  readonly count: number;
  /** By the place of the kind: 0 is the best; absent: no such kind. */
  readonly ranks: readonly (number | undefined)[];
}

/** A party, prepared for the slots of one day. */
export interface PartyKinds {
  readonly people: number;
  readonly counts: readonly number[];
  readonly members: readonly MemberKinds[];
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
export function kindsFor(party: Party, kinds: readonly PaxKind[]): PartyKinds {
  if ('places' in party) {
    const ranks = kinds.map(([, , primary]) => (primary === 1 ? NAMED : undefined));
    return { people: party.places, counts: [party.places], members: [{ count: party.places, ranks }] };
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
  return { people: counts.reduce((sum, count) => sum + count, 0), counts, members };
}

/** Whether the party can book the slot. @returns what it pays, or why it cannot; null: it can, in several currencies */
export function fitSlot(slot: ShortSlot, kinds: readonly PaxKind[], party: PartyKinds): Price | Misfit | null {
  const [, , , , remaining, pax] = slot;
  let enough = remaining === null || party.people <= remaining;
  let currencyCode: string | undefined;
  let several = false;
  const amounts: number[] = [];
  for (const member of party.members) {
    const at = bestOf(member, pax, kinds);
    if (at < 0) return 'not_offered';
    enough &&= hasPlaces(pax[at + 1], member.count);
    const currency = kinds[pax[at] ?? 0]?.[5];
    several ||= currencyCode !== undefined && currency !== currencyCode;
    currencyCode = currency;
    amounts.push(pax[at + 2] ?? 0);
  }
  if (!enough) return 'too_few_places';
  if (several || currencyCode === undefined) return null;
  return { total: totalOf(party.counts, amounts), currencyCode };
}

/**
 * Where in `pax` the kind stands that a member books: within its bounds, with places if one has them, then the better rank, then
 * the lower price. Below zero: none takes so many.
 */
function bestOf({ count, ranks }: MemberKinds, pax: ShortSlot[5], kinds: readonly PaxKind[]): number {
  let best = -1;
  let bestRank = Infinity;
  for (let at = 0; at < pax.length; at += PAX_STEP) {
    const place = pax[at] ?? 0;
    const kind = kinds[place];
    let rank = ranks[place];
    if (rank === undefined || !kind || count < (kind[3] ?? 0) || count > (kind[4] ?? Infinity)) continue;
    if (!hasPlaces(pax[at + 1], count)) rank += WITHOUT_PLACES;
    const isBetter = rank < bestRank || (rank === bestRank && (pax[at + 2] ?? 0) < (pax[best + 2] ?? 0));
    if (isBetter) [best, bestRank] = [at, rank];
  }
  return best;
}

function hasPlaces(remaining: number | null | undefined, count: number): boolean {
  return remaining === null || remaining === undefined || count <= remaining;
}
