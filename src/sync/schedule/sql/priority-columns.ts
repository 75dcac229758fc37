import { fragment } from '../../../prisma/index.js';
import type { Priority } from '../../model/priority.js';

/** Sets the priority of a day, as assignments. */
export function priorityColumns({ intervalClass, refreshAt, refreshValue }: Priority) {
  return fragment`interval_class = ${intervalClass}, refresh_at = ${refreshAt}, refresh_value = ${refreshValue}`;
}
