import { fragment } from '../../../prisma/index.js';

/** Whether the day `d` is fetched at all. */
export const isScheduled = fragment`(d.due_at IS NOT NULL OR d.refresh_at IS NOT NULL OR d.refresh_value IS NOT NULL)`;
