import * as s from '../../schema/index.js';
import { degraded } from '../degraded.shape.js';

export const AVAILABILITY_LIMIT = { most: 500, usual: 500 } as const;

export const STATES = [
  'available',
  'too_few_places',
  'not_offered',
  'sold_out',
  'closed',
  'unknown',
  'not_covered',
] as const;

const state = s.oneOf(
  STATES,
  '`available`: the party can book a slot. `too_few_places`: slots have its pax types in such numbers, but not so many places left. ' +
    '`not_offered`: no slot has its pax types, or all take fewer or more of them in one booking (`min`, `max`). `sold_out`: nobody ' +
    'can book any slot. `closed`: no slot is listed that is yet to start. `unknown`: never fetched, or unreadable. `not_covered`: ' +
    'past where the experience is, or beyond the window of what is mirrored',
);

export const total = s.object(
  {
    amount: s.number('All digits: the exact sum', 923.5),
    currencyCode: s.text('ISO 4217', 'SGD'),
  },
  'What the whole party pays in `slot`',
);

export const cheapestSlot = s.object(
  {
    startTime: s.localTime('Local, from 00:00 to 23:59'),
    endTime: s.orNull(s.localTime(), 'As in the slots of the date', '10:30'),
    providerSlotId: s.text('Unique within the date and variant', '225532700015'),
    variantId: s.orNull(s.integer(), undefined, 122),
    remaining: s.orNull(s.count(), 'Places left in the slot for all pax types together; null: unlimited', 150),
    finalPrice: s.number('Of one person of the primary pax type', 341),
    currencyCode: s.text('ISO 4217: that of `finalPrice`', 'SGD'),
  },
  'The slot where the party pays least, of equal ones the earliest. Without a party: the slot whose price the calendar shows',
);

export const offer = {
  total: s.orNull(total, 'Null: no party was named, it cannot book, or its prices are in several currencies', {
    amount: 923.5,
    currencyCode: 'SGD',
  }),
  slot: s.orNull(cheapestSlot, 'Null: the party cannot book', (day) => cheapestSlot.example(day)),
};

const dateOfExperience = s.object({
  date: s.date(),
  state,
  ...offer,
  slots: s.count('Slots that the party can book', 3),
});

const experienceDates = s.object({
  id: s.experienceId(),
  timeZone: s.text('IANA: its dates and times are local there', 'Asia/Singapore'),
  asOf: s.orNull(s.instant(), 'The oldest confirmation of its dates; null: none is known', (day) => day.at(0)),
  degraded: s.orNull(s.object({ ...degraded.properties, dates: s.list(s.date()) }), 'Null: nothing is wrong'),
  dates: s.list(dateOfExperience, 'Every date of the request, in order'),
});

/** `GET /api/v1/availability` */
export const availability = s.named(
  'Availability',
  s.object({
    from: s.date('The first date', (day) => day.date(1)),
    to: s.date('The first date beyond', (day) => day.date(2)),
    asOf: s.orNull(s.instant(), 'The oldest confirmation of all', (day) => day.at(0)),
    staleAfter: s.orNull(s.instant(), 'When the first of the days is older than its max age', (day) => day.at(240)),
    experiences: s.list(experienceDates, 'By id'),
    notMirrored: s.list(s.experienceId(), 'Named ids that are not in the catalogue', []),
    nextCursor: s.nextCursor,
    changesCursor: s.orNull(
      s.text(
        'A cursor of `/api/v1/changes`: it lists what has changed since this answer was read, and may repeat a change that is in it. Of ' +
          'several pages, follow that of the first',
        'YWZmZGI1MDAuNzg3LjM',
      ),
      'Null: there is no experience, or the feed has just begun anew: ask again',
    ),
  }),
);

export type Availability = s.TypeOf<typeof availability>;
