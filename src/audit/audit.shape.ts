import * as s from '../schema/index.js';

/** What an admin can do. Names are never reused for something else. */
export type Action =
  | 'sync.pause'
  | 'sync.resume'
  | 'sync.run'
  | 'backfill.cancel'
  | 'supplier.pause'
  | 'supplier.resume'
  | 'supplier.try'
  | 'supplier.import'
  | 'supplier.subscribe'
  | 'supplier.unsubscribe'
  | 'day.refresh'
  | 'experience.refresh'
  | 'experience.add'
  | 'experience.change'
  | 'experience.remove'
  | 'experience.pause'
  | 'experience.resume'
  | 'webhook.add'
  | 'webhook.change'
  | 'webhook.remove'
  | 'webhook.rotate'
  | 'webhook.replay'
  | 'webhook.pause'
  | 'webhook.resume'
  | 'webhook.failing'
  | 'webhook.disabled';

export const AUDIT_LIMIT = { most: 200, usual: 50 } as const;

export const auditEntry = s.named(
  'AuditEntry',
  s.object({
    id: s.text(undefined, '12'),
    at: s.instant(),
    actor: s.text(
      'The name of the admin key; `schedule`: the service itself, as when a time that was set has come',
      'alice',
    ),
    action: s.text('Stable', 'experience.pause' satisfies Action),
    experienceId: s.orNull(s.experienceId(), undefined, 15),
    detail: s.orNull(s.anyObject(), 'What exactly was done', { reason: 'price list under review', until: null }),
    requestId: s.orNull(s.text(), 'The `X-Request-Id` of the request', '0d6f4dd0-54a3-4f0c-9f3c-0f6c1e0f7a51'),
  }),
);

export const auditPage = s.named('AuditList', s.object({ entries: s.list(auditEntry), nextCursor: s.nextCursor }));

/** Whose key it is. */
export const identity = s.object({ name: s.text(undefined, 'alice') });

export type AuditReport = s.TypeOf<typeof auditEntry>;
export type AuditPage = s.TypeOf<typeof auditPage>;
export type Identity = s.TypeOf<typeof identity>;
