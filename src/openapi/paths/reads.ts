import { calendar, day } from '../../experience/reads.shape.js';
import type { Answer, Paths } from '../operation.js';
import { dateInQuery, experienceId, ifNoneMatch } from '../parameters.js';

const KNOWN: Answer = {
  status: 304,
  description: 'The client has this content already',
  headers: ['ETag', 'CacheControl'],
};
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
        '`unknown` is confirmed closed or sold out; `unknown` dates were never fetched so far.',
      parameters: [experienceId, ifNoneMatch],
      answers: [{ description: 'The calendar', schema: calendar, headers: ABOUT }, KNOWN],
      problems: [
        ...(['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND'] as const),
        ...(['TOO_MANY_REQUESTS', 'OVERLOADED', 'DATABASE_UNAVAILABLE'] as const),
      ],
    },
  },
};
