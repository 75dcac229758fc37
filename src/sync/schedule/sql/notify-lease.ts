import { fragment } from '../../../prisma/index.js';

/**
 * Sends a notification that the lease of the row of `day` in scope began or ended. The payload is: experience, date, end of the
 * lease (epoch milliseconds; 0: it ended), and whether the last request failed.
 */
export const notifyLease = fragment`pg_notify('slotmirror_lease', concat_ws(' ', day.experience_id, day.date,
  coalesce((extract(epoch FROM day.leased_until) * 1000)::bigint, 0), day.attempts > 0))::text`;
