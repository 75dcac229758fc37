import { AUDIT_LIMIT, auditPage, identity } from '../../audit/audit.shape.js';
import * as s from '../../schema/index.js';
import { accuracy, WORST_LIMIT } from '../../sync/accuracy/accuracy.shape.js';
import { dayDetail } from '../../sync/monitoring/day-detail.shape.js';
import { dayMap, MAP_LIMIT } from '../../sync/monitoring/day-map.shape.js';
import { history } from '../../sync/monitoring/history.shape.js';
import { liveEvents } from '../../sync/monitoring/live-feed.shape.js';
import type { Paths } from '../operation.js';
import { cursor, dateInPath, experienceId, inQuery, limit } from '../parameters.js';

const TAG = 'Monitoring';

/** What admins are shown. */
export const MONITORING: Paths = {
  '/api/v1/sync/days': {
    get: {
      id: 'mapDays',
      tag: TAG,
      summary: 'How each day of the window stands, of many experiences at once',
      parameters: [inQuery('after', s.experienceId('Experiences with greater ids')), limit(MAP_LIMIT)],
      answers: [{ description: 'The map', schema: dayMap }],
      problems: ['INVALID_EXPERIENCE_ID'],
      admin: true,
    },
  },
  '/api/v1/sync/days/{id}/{date}': {
    get: {
      id: 'inspectDay',
      tag: TAG,
      summary: 'All that is known of a day, when it is fetched next, and why',
      parameters: [experienceId, dateInPath],
      answers: [{ description: 'The day', schema: dayDetail }],
      problems: ['INVALID_EXPERIENCE_ID', 'INVALID_DATE', 'DATE_NOT_COVERED'],
      admin: true,
    },
  },
  '/api/v1/sync/history': {
    get: {
      id: 'getHistory',
      tag: TAG,
      summary: 'What happened in the last hour or day, by the minute or by five',
      parameters: [inQuery('range', history.properties.range, 'hour')],
      answers: [{ description: 'Oldest first', schema: history }],
      admin: true,
    },
  },
  '/api/v1/sync/accuracy': {
    get: {
      id: 'getAccuracy',
      tag: TAG,
      summary: 'How many reads saw the truth, measured by what each next confirmation showed',
      description:
        'Reads of a day that is confirmed unchanged saw the truth. Of a day that had changed, those before its change did, which ' +
        'is estimated. `expected` is what the rates say that schedule the fetches: far from `measured`, they are wrong.',
      parameters: [inQuery('range', accuracy.properties.range, 'day'), limit(WORST_LIMIT)],
      answers: [{ description: 'By supplier, lead and experience', schema: accuracy }],
      admin: true,
    },
  },
  '/api/v1/sync/events': {
    get: {
      id: 'followEvents',
      tag: TAG,
      summary: 'What happens, as it happens',
      description:
        'Server-sent events: `day` (recorded or confirmed), `lease` (a fetch began or ended), `state` (of the sync, where it ' +
        'moved), `experience` (added, changed, paused, removed), `resync` (something may have been missed). Read it with ' +
        'fetch: an EventSource cannot send the key.',
      answers: [{ description: 'A stream', schema: liveEvents, mediaType: 'text/event-stream' }],
      problems: ['OVERLOADED'],
      admin: true,
    },
  },
  '/api/v1/admin/whoami': {
    get: {
      id: 'whoAmI',
      tag: TAG,
      summary: 'Whose key this is',
      answers: [{ description: 'Its name', schema: identity }],
      admin: true,
    },
  },
  '/api/v1/admin/audit': {
    get: {
      id: 'listAudit',
      tag: TAG,
      summary: 'Who did what, newest first',
      parameters: [cursor, limit(AUDIT_LIMIT), inQuery('experience', s.experienceId('Only of this one'))],
      answers: [{ description: 'The trail', schema: auditPage }],
      problems: ['INVALID_EXPERIENCE_ID'],
      admin: true,
    },
  },
};
