import { daysAfter } from '../calendar.js';
import { AVAILABILITY_UPDATE } from './subscription-body.js';

/** A day of an option that is not what it was. */
export interface ChangedDay {
  productId: string;
  optionId: string;
  date: string;
}

/** The body of a notification. It says where to look, and not what is there. */
export interface AvailabilityUpdate {
  notificationType: typeof AVAILABILITY_UPDATE;
  productId: string;
  optionId: string;
  localDateStart: string;
  localDateEnd: string;
}

/** One notification for consecutive dates of an option. Days of an option come in the order of their dates. */
export function availabilityUpdates(days: readonly ChangedDay[]): AvailabilityUpdate[] {
  const updates: AvailabilityUpdate[] = [];
  for (const { productId, optionId, date } of days) {
    const last = updates.at(-1);
    const goesOn =
      last?.productId === productId && last.optionId === optionId && date === daysAfter(last.localDateEnd, 1);
    if (goesOn) last.localDateEnd = date;
    else
      updates.push({
        notificationType: AVAILABILITY_UPDATE,
        productId,
        optionId,
        localDateStart: date,
        localDateEnd: date,
      });
  }
  return updates;
}
