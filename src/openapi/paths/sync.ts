import { EXAMPLES } from '../examples.js';
import { operation, type Answer, type Part } from '../operation.js';
import { cursor, dateInPath, experienceId, headers, limit, prefer } from '../parameters.js';
import { ref } from '../schema-parts.js';

const TAG = 'Sync';
const STATUS: Answer = { description: 'How the sync stands', schema: ref('Status'), example: EXAMPLES.status };
const REPORT = { schema: ref('Backfill'), example: EXAMPLES.pass, headers: headers('PreferenceApplied') };
const ENDED: readonly Answer[] = [
  { ...REPORT, description: 'It is over: `state` says how' },
  {
    ...REPORT,
    status: 202,
    description: 'It goes on',
    example: { ...EXAMPLES.pass, state: 'running', finishedAt: null },
  },
];
const OLD = { deprecated: true, admin: true, tag: TAG, answers: [{ ...STATUS, headers: headers('Deprecation') }] };

/** What admins have the sync do. */
export const SYNC: Part = {
  '/api/v1/sync/status': {
    get: operation({
      id: 'getStatus',
      tag: TAG,
      summary: 'State, budget, freshness, last runs, errors',
      answers: [STATUS],
      problems: ['DATABASE_UNAVAILABLE'],
    }),
  },
  '/api/v1/sync/pause': {
    post: operation({
      id: 'pause',
      tag: TAG,
      summary: 'Pause every replica, until resumed or for a while',
      description: 'Pausing what is paused keeps the first pause; its end becomes another where one is given.',
      body: { schema: ref('PauseRequest'), example: { reason: 'supplier maintenance', until: '2030-01-01T06:00:00Z' } },
      answers: [STATUS],
      admin: true,
    }),
    get: operation({ ...OLD, id: 'pauseByGet', summary: 'The original service’s verb' }),
  },
  '/api/v1/sync/resume': {
    post: operation({ id: 'resume', tag: TAG, summary: 'Resume', answers: [STATUS], admin: true }),
    get: operation({ ...OLD, id: 'resumeByGet', summary: 'The original service’s verb' }),
  },
  '/api/v1/sync/runs': {
    get: operation({
      id: 'listRuns',
      tag: TAG,
      summary: 'What each instance did, newest first',
      parameters: [cursor, limit(200, 50)],
      answers: [{ description: 'The runs', schema: ref('RunList'), example: EXAMPLES.runs }],
      problems: ['DATABASE_UNAVAILABLE'],
    }),
  },
  '/api/v1/sync/run': {
    post: operation({
      id: 'run',
      tag: TAG,
      summary: 'Make one pass over the days that are older than promised, within the budget',
      description: 'For schedulers that wake a service which sleeps. An order that is under way is joined.',
      parameters: [prefer],
      body: { schema: ref('RunRequest'), example: { days: 30 } },
      answers: ENDED,
      problems: ['EXPERIENCE_NOT_FOUND', 'OVERLOADED'],
      admin: true,
    }),
  },
  '/api/v1/experience/{id}/refresh': {
    post: operation({
      id: 'refreshExperience',
      tag: TAG,
      summary: 'Fetch all days of an experience now, ahead of the queue',
      parameters: [experienceId, prefer],
      answers: ENDED,
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND', 'NOTHING_TO_FETCH', 'OVERLOADED'],
      admin: true,
    }),
  },
  '/api/v1/experience/{id}/days/{date}/refresh': {
    post: operation({
      id: 'refreshDay',
      tag: TAG,
      summary: 'Fetch a day now, ahead of the queue',
      parameters: [experienceId, dateInPath, prefer],
      answers: ENDED,
      problems: ['INVALID_EXPERIENCE_ID', 'INVALID_DATE', 'EXPERIENCE_NOT_FOUND', 'NOTHING_TO_FETCH', 'OVERLOADED'],
      admin: true,
    }),
  },
};
