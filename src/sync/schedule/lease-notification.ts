import type { Notifications } from '../../prisma/index.js';

/** A PostgreSQL notification: a day was leased, or its lease ended without a recorded answer. */
export interface LeaseNotification {
  readonly experienceId: number;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Epoch milliseconds until which it is leased; null: the lease ended. */
  readonly until: number | null;
  readonly failing: boolean;
}

/** To be called before the application has started. `sql/notify-lease.ts` sends the notification. */
export function onLeaseNotification(
  notifications: Notifications,
  handler: (notification: LeaseNotification) => void,
): void {
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
