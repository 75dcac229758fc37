import { change, changeEvents, changePage, CHANGES_LIMIT, LONGEST_WAIT } from '../../changes/change.shape.js';
import * as s from '../../schema/index.js';
import type { Paths } from '../operation.js';
import { inQuery, limit } from '../parameters.js';

const TAG = 'Changes';
const cursor = inQuery(
  'cursor',
  s.text(
    'The `nextCursor` of a response or the `id` of a change, unchanged; `now`; `latest`: the last changes, as many as `limit`, ' +
      'counted without `experience`; `oldest`: from the oldest kept change on',
  ),
  'now',
);
const experience = inQuery('experience', s.text('Only of these, separated by commas: `14,15`'));

/** What changed, for whoever keeps a copy. */
export const CHANGES: Paths = {
  '/api/v1/changes': {
    get: {
      id: 'listChanges',
      tag: TAG,
      summary: 'What changed since a cursor',
      description:
        'Each committed version of a day once, in an order in which the versions of a day rise. A list that is shorter than ' +
        'the limit, even an empty one, has a `nextCursor` too. Without a cursor nothing is listed: `nextCursor` is where what ' +
        'changes from now on begins. To keep a copy of an availability, follow its `changesCursor`. Of slots or calendars: take a cursor, ' +
        'wait for 5 seconds (a response from memory may be as old), read, then follow the cursor. `before` and `after` are as the ' +
        'supplier said, not as of now: that slots close and dates end by the clock is no change.',
      parameters: [
        cursor,
        limit(CHANGES_LIMIT),
        experience,
        inQuery(
          'wait',
          s.value<number>(
            { type: 'integer', minimum: 0, maximum: LONGEST_WAIT },
            LONGEST_WAIT,
          )('Seconds: without a change the response waits for one for so long'),
          0,
        ),
      ],
      answers: [{ description: 'The changes', schema: changePage, headers: ['RateLimit', 'RateLimitPolicy'] }],
      problems: [
        ...(['INVALID_EXPERIENCE_ID', 'CURSOR_EXPIRED'] as const),
        ...(['TOO_MANY_REQUESTS', 'OVERLOADED', 'DATABASE_UNAVAILABLE'] as const),
      ],
    },
  },
  '/api/v1/changes/stream': {
    get: {
      id: 'streamChanges',
      tag: TAG,
      summary: 'The same, as it happens',
      description:
        `Server-sent events: each \`change\` has a \`${change.name}\` as data, and as id the cursor of what follows it. A stream that is ` +
        'broken off is resumed by `Last-Event-ID`, which an EventSource sends by itself. A comment comes every 15 seconds without a ' +
        'change. A client that does not take what was sent is cut off after 30 seconds.',
      parameters: [
        cursor,
        experience,
        {
          name: 'Last-Event-ID',
          in: 'header',
          schema: s.text('The id of the last event, in place of `cursor`'),
        },
      ],
      answers: [{ description: 'A stream', schema: changeEvents, mediaType: 'text/event-stream' }],
      problems: [
        ...(['INVALID_EXPERIENCE_ID', 'CURSOR_EXPIRED'] as const),
        ...(['TOO_MANY_REQUESTS', 'OVERLOADED', 'DATABASE_UNAVAILABLE'] as const),
      ],
    },
  },
};
