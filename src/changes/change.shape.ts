import { price } from '../inventory/slot.shape.js';
import * as s from '../schema/index.js';

export const CHANGES_LIMIT = { most: 1_000, usual: 100 } as const;
/** How long a request may wait for a change, seconds. */
export const LONGEST_WAIT = 30;
/** How many experiences a request may name. */
export const MOST_EXPERIENCES = 500;

export const CHANGE_KINDS = [
  'opened',
  'closed',
  'sold_out',
  'back_in_stock',
  'price',
  'remaining',
  'other',
  'removed',
] as const;

const summary = s.object({
  openSlots: s.count('Slots that can be booked', 1),
  remaining: s.orNull(s.count(), 'In all slots that can be booked; null: unlimited', 150),
  price: s.orNull(price, 'The cheapest, as in the calendar; null: no slot can be booked', (day) => price.example(day)),
});

const example = (remaining: number) => (day: Parameters<typeof summary.example>[0]) => ({
  ...summary.example(day),
  remaining,
});

export const change = s.named(
  'Change',
  s.object({
    id: s.text('Names the change, and is the cursor of what follows it', 'OWYzYTJjMWIuNDcxMS45OQ'),
    experienceId: s.experienceId(),
    date: s.date(),
    version: s.integer('Of the day: 1, 2, 3, …; its removal is one more. A day that comes back begins at 1', 7),
    kind: s.oneOf(
      CHANGE_KINDS,
      '`opened`: it can be booked, and was closed or unknown; `closed`: the supplier lists no slots; `sold_out`: it lists slots, ' +
        'but none can be booked; `back_in_stock`: it was sold out and can be booked; `price`: the cheapest price changed; ' +
        '`remaining`: that did not change, but the places or the slots that can be booked; `other`: something else of its slots; ' +
        '`removed`: it is not mirrored any more',
      'remaining',
    ),
    at: s.instant('When the supplier said so; of a removal, when it was removed'),
    before: s.orNull(summary, 'Null: nothing was known of it', example(151)),
    after: s.orNull(summary, 'Null: it was removed', example(150)),
  }),
);

/** `GET /api/v1/changes` */
export const changePage = s.named(
  'ChangePage',
  s.object({
    changes: s.list(change, 'In the order in which they are to be applied'),
    nextCursor: s.text('Send it as `cursor` for what follows', 'OWYzYTJjMWIuNDcxMS45OQ'),
  }),
);

/** `GET /api/v1/changes/stream`: server-sent events. */
export const changeEvents = s.text(undefined, (day) => {
  const shown = change.example(day);
  return `id: ${shown.id}\nevent: change\ndata: ${JSON.stringify(shown)}\n\n`;
});

export type ChangeSummary = s.TypeOf<typeof summary>;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
export type Change = s.TypeOf<typeof change>;
export type ChangePage = s.TypeOf<typeof changePage>;
