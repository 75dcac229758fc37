import { availability, AVAILABILITY_LIMIT } from '../../experience/availability/availability.shape.js';
import { calendar, day } from '../../experience/reads.shape.js';
import { KNOWN, type Paths } from '../operation.js';
import {
  cursor,
  dateInPath,
  dateInQuery,
  experienceId,
  fromInQuery,
  ifNoneMatch,
  inQuery,
  limit,
  party,
  places,
  toInQuery,
} from '../parameters.js';
import * as s from '../../schema/index.js';

const ABOUT = ['ETag', 'LastModified', 'CacheControl', 'RateLimit', 'RateLimitPolicy'] as const;

/** What shops ask for. */
export const READS: Paths = {
  '/api/v1/experience/{id}/slots': {
    get: {
      id: 'getSlots',
      tag: 'Availability',
      summary: 'The slots of a date',
      description:
        'By start time, the primary pax type first. Sold-out slots are listed with `remaining: 0`, and so are those of ' +
        'today that have started; a day that the supplier confirmed empty is `"slots": []`. `asOf` is when the supplier last ' +
        'confirmed it.',
      parameters: [experienceId, dateInQuery, ifNoneMatch],
      answers: [{ description: 'The slots', schema: day, headers: ABOUT }, KNOWN],
      problems: [
        ...(['INVALID_EXPERIENCE_ID', 'INVALID_DATE', 'EXPERIENCE_NOT_FOUND', 'DATE_NOT_COVERED'] as const),
        ...(['TOO_MANY_REQUESTS', 'NOT_SYNCED_YET', 'DAY_UNAVAILABLE', 'OVERLOADED', 'DATABASE_UNAVAILABLE'] as const),
      ],
    },
  },
  '/api/v1/experience/{id}/dates': {
    get: {
      id: 'getDates',
      tag: 'Availability',
      summary: 'The bookable dates of the next two months, each with a price',
      description:
        'A date is listed when somebody can book it: some pax type is left, within its bounds and the slot’s own places. The ' +
        'price is that of the cheapest primary pax type that can be booked, or where none can, of the cheapest that can. `to` is the first date beyond. A date that is neither in `dates` nor in ' +
        '`unknown` is confirmed closed or sold out; `unknown` dates were never fetched so far. With `from` and `to` only the dates ' +
        'that lie in the window are listed. With `party` or `places` only dates are listed that the party can book, each with what it ' +
        'pays (`total`) and the cheapest slot.',
      parameters: [experienceId, fromInQuery, toInQuery, party, places, ifNoneMatch],
      answers: [{ description: 'The calendar', schema: calendar, headers: ABOUT }, KNOWN],
      problems: [
        ...(['INVALID_EXPERIENCE_ID', 'INVALID_DATE', 'EXPERIENCE_NOT_FOUND', 'DATE_NOT_COVERED'] as const),
        ...(['TOO_MANY_REQUESTS', 'OVERLOADED', 'DATABASE_UNAVAILABLE'] as const),
      ],
    },
  },
  '/api/v1/availability': {
    get: {
      id: 'getAvailability',
      tag: 'Availability',
      summary: 'Which experiences a party can book, on a date or a range, and for how much',
      description:
        'Many experiences in one request, by id. Each date of the request has a `state`, what the whole party pays in the cheapest ' +
        'slot, and that slot. Give `date`, or `from` and `to` (at most 62 dates). Without a party a date is available if anyone can ' +
        'book. A response has at most 500 experiences and 2,000 days; `nextCursor` leads to the rest. Sums are exact to the last digit ' +
        'of the supplier’s prices. What is unknown is not fetched because of this request: read the slots of the date for that. It ' +
        'counts as one miss per 100 days, unless it comes from memory.',
      parameters: [
        { ...inQuery('date', dateInPath.schema), example: true },
        fromInQuery,
        toInQuery,
        inQuery('experience', s.text('Ids, like `14,15`, at most 500. Without it all', '14,15')),
        ...[party, places, cursor, limit(AVAILABILITY_LIMIT), ifNoneMatch],
      ],
      answers: [{ description: 'The availability', schema: availability, headers: ABOUT }, KNOWN],
      problems: [
        ...(['INVALID_EXPERIENCE_ID', 'INVALID_DATE', 'DATE_NOT_COVERED'] as const),
        ...(['TOO_MANY_REQUESTS', 'OVERLOADED', 'DATABASE_UNAVAILABLE'] as const),
      ],
    },
  },
};
