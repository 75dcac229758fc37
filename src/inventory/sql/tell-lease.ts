import { fragment } from '../../prisma/index.js';

/**
 * Tells whoever listens that a row of `day` that is in scope is asked for, or no more: experience, date, until when
 * (epoch milliseconds; 0: no more), and whether its last request failed.
 */
export const tellLease = fragment`pg_notify('slotmirror_lease', concat_ws(' ', day.experience_id, day.date,
  coalesce((extract(epoch FROM day.leased_until) * 1000)::bigint, 0), day.attempts > 0))::text`;
