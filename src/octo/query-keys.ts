import { fingerprintOf } from '../inventory/index.js';
import { availabilityQuery, type AvailabilityQuery } from './availability-query.js';
import type { KeyedQuery } from './availability-reads.js';
import type { Spoken } from './capabilities.js';
import { jsonOf } from './request-body.js';

/** Clients send the same texts again and again. At so many, all are forgotten. */
const MOST_TEXTS = 2_000;
/** Longer ones are not kept. */
const LONGEST_TEXT = 1_000;

type QueryKind = AvailabilityQuery['kind'];
type QuerySpoken = Pick<Spoken, 'pricing' | 'days'>;

/** Reads bodies. Equal in meaning is equal in key, however they are written. Keys are short, however long a body is. */
export class QueryKeys {
  private readonly texts = new Map<string, KeyedQuery>();

  /** What a text means that was read before. */
  known(kind: QueryKind, spoken: QuerySpoken, text: string): KeyedQuery | undefined {
    return this.texts.get(placeOf(kind, spoken, text));
  }

  /** @throws OctoError */
  of(kind: QueryKind, spoken: QuerySpoken, text: string): KeyedQuery {
    const known = this.known(kind, spoken, text);
    if (known) return known;
    const { pricing, days } = spoken;
    const query = availabilityQuery(kind, jsonOf(text));
    const keyed = {
      key: `octo ${fingerprintOf(JSON.stringify([pricing, days, query]))}`,
      query,
      pricing,
      mirrored: days,
    };
    if (text.length > LONGEST_TEXT) return keyed;
    if (this.texts.size === MOST_TEXTS) this.texts.clear();
    this.texts.set(placeOf(kind, spoken, text), keyed);
    return keyed;
  }
}

function placeOf(kind: QueryKind, { pricing, days }: QuerySpoken, text: string): string {
  return `${kind} ${pricing} ${days} ${text}`;
}
