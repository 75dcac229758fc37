import { ApiProblem } from '../../http/index.js';
import { PAX_CATEGORIES, type Party, type PartyMember } from '../../inventory/index.js';
import { onlyOnce } from './once.js';

/** A party has at most so many kinds of people, and so many of each. */
export const MOST_KINDS = 10;
export const MOST_PEOPLE = 999;

/** A type may contain commas and colons: a member ends at the first count that a comma or the end follows. */
const MEMBER = /([^\0]{1,100}?):(\d{1,3})(?:,|$)/y;
const FORM =
  'Write kinds and numbers, like ?party=ADULT:2,CHILD:1; a kind is a category, or a pax type of the supplier.';

/** `party` or `places` of a query. @returns null: neither is given. @throws ApiProblem INVALID_REQUEST */
export function parseParty(query: Readonly<Record<string, unknown>>): Party | null {
  const party = onlyOnce(query, 'party');
  const places = onlyOnce(query, 'places');
  if (party !== undefined && places !== undefined) {
    throw new ApiProblem('INVALID_REQUEST', 'The query takes party or places, not both.');
  }
  if (places !== undefined) return { places: parsePlaces(places) };
  return party === undefined ? null : { members: parseMembers(party) };
}

/** The one spelling of a party in a URL. */
export function spelledParty(party: Party): string {
  if ('places' in party) return `places=${party.places}`;
  return `party=${party.members.map(({ pax, count }) => `${encodeURIComponent(pax)}:${count}`).join(',')}`;
}

/** By name; a kind of which nobody comes is left out. */
function parseMembers(text: string): PartyMember[] {
  const members = new Map<string, number>();
  MEMBER.lastIndex = 0;
  while (MEMBER.lastIndex < text.length) {
    const [, named, count] = MEMBER.exec(text) ?? [];
    if (named === undefined) throw new ApiProblem('INVALID_REQUEST', `The party is invalid. ${FORM}`);
    const pax = kindOf(named);
    if (members.has(pax)) throw new ApiProblem('INVALID_REQUEST', `The party names ${pax} twice. ${FORM}`);
    members.set(pax, Number(count));
  }
  const coming = [...members].filter(([, count]) => count > 0).map(([pax, count]) => ({ pax, count }));
  if (coming.length === 0) throw new ApiProblem('INVALID_REQUEST', `The party has nobody in it. ${FORM}`);
  if (coming.length > MOST_KINDS) {
    throw new ApiProblem('INVALID_REQUEST', `The party has more than ${MOST_KINDS} kinds of people.`);
  }
  return coming.sort((a, b) => (a.pax < b.pax ? -1 : 1));
}

/** A category may be written in any case. Types of suppliers are taken as they are. */
function kindOf(named: string): string {
  const upper = named.toUpperCase();
  return PAX_CATEGORIES.some((category) => category === upper) ? upper : named;
}

function parsePlaces(text: string): number {
  const places = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (places < 1) throw new ApiProblem('INVALID_REQUEST', `places is a whole number from 1 to ${MOST_PEOPLE}.`);
  return places;
}
