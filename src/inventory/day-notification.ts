import type { Notices } from '../prisma/index.js';

/** That a day was recorded or confirmed, as PostgreSQL tells it. */
export interface DayNotification {
  readonly experienceId: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Epoch milliseconds. */
  readonly confirmedAt: number;
}

/** Before the application has started. The statement that tells is in `sql/tell-day.ts`. */
export function onDayNotification(notices: Notices, handler: (notice: DayNotification) => void): void {
  notices.on('slotmirror_day', (payload) => {
    const [experienceId = '', date = '', , confirmedAt = ''] = payload.split(' ');
    handler({ experienceId, date, confirmedAt: Number(confirmedAt) });
  });
}
