import type { Notifications } from '../../prisma/index.js';

/** That a day is asked for now, or no more without having been recorded, as PostgreSQL tells it. */
export interface LeaseNotification {
  readonly experienceId: number;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Epoch milliseconds; null: it is asked for no more. */
  readonly until: number | null;
  readonly failing: boolean;
}

/** Before the application has started. The statement that tells is in `sql/tell-lease.ts`. */
export function onLeaseNotification(notifications: Notifications, handler: (notice: LeaseNotification) => void): void {
  notifications.on('slotmirror_lease', (payload) => {
    const [experienceId = '', date = '', until = '', failing = ''] = payload.split(' ');
    handler({
      experienceId: Number(experienceId),
      date,
      until: Number(until) || null,
      failing: failing.startsWith('t'),
    });
  });
}
