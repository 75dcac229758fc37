import { EXAMPLES } from '../examples.js';
import { operation, type Part } from '../operation.js';
import { cursor, dateInPath, experienceId, limit } from '../parameters.js';
import { id, record, ref, text } from '../schema-parts.js';

const TAG = 'Insight';

/** What admins are shown. */
export const INSIGHT: Part = {
  '/api/v1/sync/days': {
    get: operation({
      id: 'mapDays',
      tag: TAG,
      summary: 'How each day of the window stands, of many experiences at once',
      parameters: [
        { name: 'after', in: 'query', description: 'Experiences behind this id', schema: id },
        limit(500, 500),
      ],
      answers: [{ description: 'The map', schema: ref('DayMap'), example: EXAMPLES.dayMap }],
      problems: ['INVALID_EXPERIENCE_ID'],
      admin: true,
    }),
  },
  '/api/v1/sync/days/{id}/{date}': {
    get: operation({
      id: 'inspectDay',
      tag: TAG,
      summary: 'All that is known of a day, when it is asked for next, and why',
      parameters: [experienceId, dateInPath],
      answers: [{ description: 'The day', schema: ref('DayDetail'), example: EXAMPLES.dayDetail }],
      problems: ['INVALID_EXPERIENCE_ID', 'INVALID_DATE', 'DATE_NOT_COVERED'],
      admin: true,
    }),
  },
  '/api/v1/sync/history': {
    get: operation({
      id: 'getHistory',
      tag: TAG,
      summary: 'What happened in the last hour or day, by the minute or by five',
      parameters: [{ name: 'range', in: 'query', schema: { type: 'string', enum: ['hour', 'day'], default: 'hour' } }],
      answers: [{ description: 'Oldest first', schema: ref('History'), example: EXAMPLES.history }],
      admin: true,
    }),
  },
  '/api/v1/sync/events': {
    get: operation({
      id: 'followEvents',
      tag: TAG,
      summary: 'What happens, as it happens',
      description:
        'Server-sent events: `day` (recorded or confirmed), `lease` (asked for, or no more), `state` (of the sync, where it ' +
        'moved), `experience` (added, changed, paused, removed), `resync` (something may have been missed). Read it with ' +
        'fetch: an EventSource cannot send the key.',
      answers: [{ description: 'A stream', schema: text, mediaType: 'text/event-stream', example: EXAMPLES.events }],
      problems: ['OVERLOADED'],
      admin: true,
    }),
  },
  '/api/v1/admin/whoami': {
    get: operation({
      id: 'whoAmI',
      tag: TAG,
      summary: 'Whose key this is',
      answers: [{ description: 'Its name', schema: record({ name: text }), example: { name: 'alice' } }],
      admin: true,
    }),
  },
  '/api/v1/admin/audit': {
    get: operation({
      id: 'listAudit',
      tag: TAG,
      summary: 'Who did what, newest first',
      parameters: [
        cursor,
        limit(200, 50),
        { name: 'experience', in: 'query', description: 'Of this one alone', schema: id },
      ],
      answers: [{ description: 'The trail', schema: ref('AuditList'), example: EXAMPLES.audit }],
      problems: ['INVALID_EXPERIENCE_ID'],
      admin: true,
    }),
  },
};
