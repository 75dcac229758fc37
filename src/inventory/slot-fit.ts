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
interface Wanted {
  readonly count: number;
  /** By the place of the kind: 0 is the best; absent: no such kind. */
  readonly ranks: readonly (number | undefined)[];
}

/** A party, prepared for the slots of one day. */
export interface WantedParty {
  readonly people: number;
  readonly counts: readonly number[];
  readonly members: readonly Wanted[];
}

const NAMED = 0;
const PRIMARY = 1;
const OTHER = 2;

/**
 * Which kinds each member of a party may be. A member is named by type or by category; a type that the party names is not
 * also taken for a category, so that no two members compete for one type.
 */
export function wantedOf(party: Party, kinds: readonly PaxKind[]): WantedParty {
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
export function fitSlot(slot: ShortSlot, kinds: readonly PaxKind[], party: WantedParty): Price | Misfit | null {
  const [, , , , remaining, pax] = slot;
  let enough = remaining === null || party.people <= remaining;
  const chosen: number[] = [];
  for (const wanted of party.members) {
    const at = bestOf(wanted, pax, kinds);
    if (at === undefined) return 'not_offered';
    enough &&= hasPlaces(pax[at + 1] ?? null, wanted.count);
    chosen.push(at);
  }
  if (!enough) return 'too_few_places';
  const currencies = chosen.map((at) => kinds[pax[at] ?? 0]?.[5] ?? '');
  const [currencyCode = ''] = currencies;
  if (currencies.some((currency) => currency !== currencyCode)) return null;
  const amounts = chosen.map((at) => pax[at + 2] ?? 0);
  return { total: totalOf(party.counts, amounts), currencyCode };
}

/**
 * Where in `pax` the kind stands that a member books: within its bounds, with places if one has them, then the better rank, then
 * the lower price. Undefined: none takes so many.
 */
function bestOf({ count, ranks }: Wanted, pax: ShortSlot[5], kinds: readonly PaxKind[]): number | undefined {
  let best: number | undefined;
  let bestKey: readonly number[] = [];
  for (let at = 0; at < pax.length; at += PAX_STEP) {
    const place = pax[at] ?? 0;
    const rank = ranks[place];
    const kind = kinds[place];
    if (rank === undefined || !kind || count < (kind[3] ?? 0) || count > (kind[4] ?? Infinity)) continue;
    const key = [hasPlaces(pax[at + 1] ?? null, count) ? 0 : 1, rank, pax[at + 2] ?? 0];
    if (best === undefined || isBefore(key, bestKey)) [best, bestKey] = [at, key];
  }
  return best;
}

function hasPlaces(remaining: number | null, count: number): boolean {
  return remaining === null || count <= remaining;
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const differing = a.findIndex((value, i) => value !== b[i]);
  return differing >= 0 && (a[differing] ?? 0) < (b[differing] ?? 0);
}
