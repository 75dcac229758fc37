import { fragment } from '../../prisma/index.js';

/** Sends a notification of the row of `day` in scope: experience, date, version, confirmation (epoch milliseconds). */
export const notifyDay = fragment`pg_notify('slotmirror_day', concat_ws(' ', experience_id, date, version,
  (extract(epoch FROM confirmed_at) * 1000)::bigint))::text`;
