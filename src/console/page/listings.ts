import type { Api } from './api.js';
import type { AuditPage, AuditReport } from '../../audit/audit.shape.js';
import type { RunPage, RunReport } from '../../sync/monitoring/run.shape.js';
import { auditText } from './audit-text.js';
import { byId } from './dom.js';
import { clock, count, duration, moment } from './format.js';
import { Listing } from './listing.js';

export function runsListing(api: Api): Listing<RunReport> {
  const take = ({ runs, nextCursor }: RunPage) => ({ entries: runs, nextCursor });
  return new Listing(
    api,
    '/api/v1/sync/runs',
    take,
    [
      { name: 'Started', text: ({ startedAt }) => moment(startedAt), title: ({ startedAt }) => clock(startedAt) },
      {
        name: 'Took',
        text: ({ durationSeconds }) => (durationSeconds === null ? 'running' : duration(durationSeconds)),
      },
      { name: 'Requests', text: ({ requested }) => count(requested), number: true },
      { name: 'Changed', text: ({ changed }) => count(changed), number: true },
      { name: 'Failed', text: ({ failed }) => count(failed), number: true },
      { name: 'Refused', text: ({ refused }) => count(refused), number: true },
      { name: 'By', text: ({ instance }) => instance.split(':').slice(0, 2).join(':') },
    ],
    byId('runs'),
  );
}

export function auditListing(api: Api): Listing<AuditReport> {
  return new Listing(
    api,
    '/api/v1/admin/audit',
    (answer: AuditPage) => answer,
    [
      { name: 'When', text: ({ at }) => moment(at), title: ({ at }) => clock(at) },
      { name: 'What', text: (entry) => auditText(entry, Date.now()), title: ({ action }) => action },
    ],
    byId('audit'),
  );
}
