import { fragment } from '../../../prisma/index.js';

/**
 * Notifies of a row of `day` in scope that its lease began or ended: experience, date, until when it is leased
 * (epoch milliseconds; 0: no more), and whether its last request failed.
 */
export const notifyLease = fragment`pg_notify('slotmirror_lease', concat_ws(' ', day.experience_id, day.date,
  coalesce((extract(epoch FROM day.leased_until) * 1000)::bigint, 0), day.attempts > 0))::text`;
