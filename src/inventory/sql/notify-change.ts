import { fragment } from '../../prisma/index.js';

/** Says that the change feed grows with this transaction. Alike notifications of a transaction are sent once. */
export const notifyChange = fragment`pg_notify('slotmirror_change', '')::text`;
