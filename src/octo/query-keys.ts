import { availabilityQuery, type AvailabilityQuery } from './availability-query.js';
import type { KeyedQuery } from './availability-reads.js';
import type { Spoken } from './capabilities.js';
import { jsonOf } from './request-body.js';

/** Clients send the same texts again and again. At so many, all are forgotten. */
const MOST_TEXTS = 2_000;
/** Longer ones are not kept. */
const LONGEST_TEXT = 1_000;

/** Reads bodies. Equal in meaning is equal in key, however they are written. */
export class QueryKeys {
  private readonly known = new Map<string, KeyedQuery>();

  /** @throws OctoError */
  of(kind: AvailabilityQuery['kind'], { pricing, days }: Pick<Spoken, 'pricing' | 'days'>, text: string): KeyedQuery {
    const place = `${kind} ${pricing} ${days} ${text}`;
    const known = this.known.get(place);
    if (known) return known;
    const query = availabilityQuery(kind, jsonOf(text));
    const keyed = { key: `octo ${JSON.stringify([pricing, days, query])}`, query, pricing, mirrored: days };
    if (text.length > LONGEST_TEXT) return keyed;
    if (this.known.size === MOST_TEXTS) this.known.clear();
    this.known.set(place, keyed);
    return keyed;
  }
}
