import type { Api } from './api.js';
import type { AuditPage, AuditReport } from '../../audit/audit.shape.js';
import type { RunPage, RunReport } from '../../sync/monitoring/run.shape.js';
import { byId } from './dom.js';
import { clock, count, duration, time } from './format.js';
import { Listing } from './listing.js';

export function runsListing(api: Api): Listing<RunReport> {
  const take = ({ runs, nextCursor }: RunPage) => ({ entries: runs, nextCursor });
  return new Listing(
    api,
    '/api/v1/sync/runs',
    take,
    [
      { name: 'Started', text: ({ startedAt }) => time(startedAt) },
      {
        name: 'Took',
        text: ({ durationSeconds }) => (durationSeconds === null ? 'goes on' : duration(durationSeconds)),
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
      { name: 'When', text: ({ at }) => clock(at) },
      { name: 'Who', text: ({ actor }) => actor },
      {
        name: 'What',
        text: ({ action, experienceId }) => (experienceId === null ? action : `${action} ${experienceId}`),
      },
      { name: 'Exactly', text: ({ detail }) => detailText(detail) },
    ],
    byId('audit'),
  );
}

/** `reason: lunch, until: …`; what is not set is left out. */
function detailText(detail: AuditReport['detail']): string {
  return Object.entries(detail ?? {})
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
