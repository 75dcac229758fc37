import { PauseRequest } from '../../http/index.js';
import { RunRequest } from '../../sync/index.js';
import { BACKFILLS_LIMIT, backfill, backfillId, backfillList } from '../../sync/backfill/backfill.shape.js';
import { runPage, RUNS_LIMIT } from '../../sync/monitoring/run.shape.js';
import { syncStatus } from '../../sync/monitoring/status.shape.js';
import type { Answer, Paths } from '../operation.js';
import { cursor, dateInPath, experienceId, limit, prefer } from '../parameters.js';

const TAG = 'Sync';
const STATUS: Answer = { description: 'How the sync stands', schema: syncStatus };
/** Of what is open to all and read anew each time; admins are not counted. */
const LIMIT = ['RateLimit', 'RateLimitPolicy'] as const;
const REPORT = { schema: backfill, headers: ['PreferenceApplied'] } as const;
const ENDED: readonly Answer[] = [
  { ...REPORT, description: 'It is over: `state` says how' },
  {
    ...REPORT,
    status: 202,
    headers: ['PreferenceApplied', 'Location'],
    description: 'It goes on; `Location` says how far it is',
  },
];
const BACKFILL = {
  tag: TAG,
  admin: true,
  problems: ['BACKFILL_NOT_FOUND'],
  parameters: [{ name: 'id', in: 'path', schema: backfillId, example: true }],
} as const;
const OLD = { deprecated: true, admin: true, tag: TAG, answers: [{ ...STATUS, headers: ['Deprecation'] }] } as const;

/** What admins have the sync do. */
export const SYNC: Paths = {
  '/api/v1/sync/status': {
    get: {
      id: 'getStatus',
      tag: TAG,
      summary: 'State, budget, freshness, last runs, errors',
      answers: [{ ...STATUS, headers: LIMIT }],
      problems: ['TOO_MANY_REQUESTS', 'DATABASE_UNAVAILABLE'],
    },
  },
  '/api/v1/sync/pause': {
    post: {
      id: 'pause',
      tag: TAG,
      summary: 'Pause every replica, until resumed or for a while',
      description: 'Pausing what is paused keeps the first pause; its end becomes another where one is given.',
      body: PauseRequest,
      answers: [STATUS],
      admin: true,
    },
    get: { ...OLD, id: 'pauseByGet', summary: 'The original service’s verb' },
  },
  '/api/v1/sync/resume': {
    post: { id: 'resume', tag: TAG, summary: 'Resume', answers: [STATUS], admin: true },
    get: { ...OLD, id: 'resumeByGet', summary: 'The original service’s verb' },
  },
  '/api/v1/sync/runs': {
    get: {
      id: 'listRuns',
      tag: TAG,
      summary: 'What each instance did, newest first',
      parameters: [cursor, limit(RUNS_LIMIT)],
      answers: [{ description: 'The runs', schema: runPage, headers: LIMIT }],
      problems: ['TOO_MANY_REQUESTS', 'DATABASE_UNAVAILABLE'],
    },
  },
  '/api/v1/sync/run': {
    post: {
      id: 'run',
      tag: TAG,
      summary: 'Fetch the days that are older than the max age of their tier, within the budget',
      description: 'For schedulers that wake a service which sleeps. An order that is under way is joined.',
      parameters: [prefer],
      body: RunRequest,
      answers: ENDED,
      problems: ['EXPERIENCE_NOT_FOUND', 'OVERLOADED'],
      admin: true,
    },
  },
  '/api/v1/sync/backfill': {
    get: {
      ...{ id: 'listBackfills', tag: TAG, summary: 'Backfills of the last week, newest first', admin: true },
      parameters: [limit(BACKFILLS_LIMIT)],
      answers: [{ description: 'Each with its progress', schema: backfillList }],
    },
  },
  '/api/v1/sync/backfill/{id}': {
    get: {
      ...{ ...BACKFILL, id: 'getBackfill', summary: 'How far a backfill is, on whichever replica it runs' },
      answers: [{ schema: backfill, description: 'Its progress' }],
    },
    delete: {
      ...{ ...BACKFILL, id: 'cancelBackfill', summary: 'End a backfill' },
      description: 'What is under way is still recorded. One that ended stays as it is.',
      answers: [
        { schema: backfill, description: 'It is over' },
        { schema: backfill, status: 202, headers: ['Location'], description: 'It ends within a second' },
      ],
    },
  },
  '/api/v1/experience/{id}/refresh': {
    post: {
      id: 'refreshExperience',
      tag: TAG,
      summary: 'Fetch all days of an experience now, ahead of the queue',
      parameters: [experienceId, prefer],
      answers: ENDED,
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND', 'NOTHING_TO_FETCH', 'OVERLOADED'],
      admin: true,
    },
  },
  '/api/v1/experience/{id}/days/{date}/refresh': {
    post: {
      id: 'refreshDay',
      tag: TAG,
      summary: 'Fetch a day now, ahead of the queue',
      parameters: [experienceId, dateInPath, prefer],
      answers: ENDED,
      problems: ['INVALID_EXPERIENCE_ID', 'INVALID_DATE', 'EXPERIENCE_NOT_FOUND', 'NOTHING_TO_FETCH', 'OVERLOADED'],
      admin: true,
    },
  },
};
