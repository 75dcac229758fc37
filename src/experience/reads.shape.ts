import { price, slot } from '../inventory/slot.shape.js';
import * as s from '../schema/index.js';
import { offer } from './availability/availability.shape.js';
import { degraded } from './degraded.shape.js';

const NOT_DEGRADED = 'Null: nothing is wrong';

/** `GET /api/v1/experience/:id/slots` */
export const day = s.named(
  'Day',
  s.object({
    id: s.experienceId(),
    date: s.date(),
    timeZone: s.text('IANA: the date and the times are local there', 'Asia/Singapore'),
    asOf: s.instant('When the supplier last confirmed it'),
    staleAfter: s.instant('When it is older than its max age', (today) => today.at(240)),
    degraded: s.orNull(degraded, NOT_DEGRADED),
    slots: s.list(slot, 'By start time. Those of today that have started have nothing left'),
  }),
);

const calendarEntry = s.object({
  date: s.date(),
  price,
  remaining: s.orNull(s.count(), 'In all slots that can be booked; null: unlimited', 150),
  slots: s.count('Slots that can be booked', 1),
  total: s.optional(offer.total),
  slot: s.optional(offer.slot),
});

/** `GET /api/v1/experience/:id/dates` */
export const calendar = s.named(
  'Calendar',
  s.object({
    id: s.experienceId(),
    from: s.date('The first date: today, or the `from` of the request if that is later', (today) => today.date(0)),
    to: s.date('The first date beyond: the end of the window, or the `to` of the request if that is earlier', (today) =>
      today.date(61),
    ),
    asOf: s.orNull(s.instant(), 'The oldest confirmation of its dates', (today) => today.at(0)),
    staleAfter: s.orNull(s.instant(), 'When the first of its dates is older than its max age', (today) =>
      today.at(240),
    ),
    degraded: s.orNull(s.object({ ...degraded.properties, dates: s.list(s.date()) }), NOT_DEGRADED),
    dates: s.list(calendarEntry, 'Dates that can be booked: by anyone, or by the party of the request'),
    unknown: s.list(s.date(), 'Dates that were never fetched, or could not be read', (today) => [today.date(60)]),
  }),
);

export type Day = s.TypeOf<typeof day>;
export type Calendar = s.TypeOf<typeof calendar>;
export type CalendarEntry = s.TypeOf<typeof calendarEntry>;
