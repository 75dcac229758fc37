import * as s from '../schema/index.js';

export const price = s.named(
  'Price',
  s.object(
    {
      finalPrice: s.number('What one person of the pax type pays', 341),
      originalPrice: s.orNull(s.number(), 'The price before the discount. Null: the supplier names none', 441),
      discount: s.orNull(
        s.number(),
        'As the supplier gives it, usually what is taken off `originalPrice`; below zero: a surcharge. It is for display only: ' +
          '`finalPrice` is what is paid, whatever it says. Null: the supplier names none',
        100,
      ),
      currencyCode: s.text('ISO 4217', 'SGD'),
    },
    'Money in the currency’s major unit, as the supplier gave it',
  ),
);

/** Who a pax type is for. */
export const PAX_CATEGORIES = ['ADULT', 'YOUTH', 'CHILD', 'INFANT', 'SENIOR', 'STUDENT', 'FAMILY', 'OTHER'] as const;

export const paxAvailability = s.named(
  'PaxAvailability',
  s.object(
    {
      type: s.text('Unique within the slot', 'ADULT_12~99'),
      name: s.orNull(s.text(), undefined, 'Adult'),
      description: s.orNull(s.text(), undefined, '12-99 years'),
      isPrimary: s.flag('The slot’s price is that of this type', true),
      min: s.orNull(
        s.count(),
        'How many of this type a booking needs at least if it has any of them; 0 and null: no bound',
        1,
      ),
      max: s.orNull(
        s.count(),
        'How many of this type one booking takes at most, however many are left; null: no bound',
        20,
      ),
      remaining: s.orNull(
        s.count(),
        'How many of this type are left. Each also takes `places` of the slot’s own `remaining`, so no more than that can be ' +
          'booked, of all types together. 0: sold out for this type, or the slot has started. Null: no bound but the slot’s',
        132,
      ),
      price,
      category: s.orNull(
        s.oneOf(PAX_CATEGORIES),
        'Who it is for, the same words for all suppliers. Null: unknown',
        'ADULT',
      ),
      minAge: s.orNull(s.count(), 'Years. Null: unknown, or no bound', 12),
      maxAge: s.orNull(s.count(), 'Years, inclusive. Null: unknown, or no bound', 99),
      places: s.optional(
        s.count('How many of the slot’s places one of this type takes, such as 4 for a family ticket. Absent: one', 4),
      ),
    },
    'What is available of a slot for one pax type (adult, child, …)',
  ),
);

export const slot = s.named(
  'Slot',
  s.object({
    startDate: s.date(),
    startTime: s.localTime('Local, from 00:00 to 23:59'),
    endTime: s.orNull(
      s.localTime(),
      'Local, `24:00` included; before `startTime`: on the next date. Null: the supplier names none',
      '10:30',
    ),
    providerSlotId: s.text('Unique within the date and variant', '225532700015'),
    variantId: s.orNull(s.integer(), undefined, 122),
    remaining: s.orNull(
      s.count(),
      'Places left for all pax types together: a booking takes one for each person, or what `places` says. 0: sold out, or the slot has started. Null: ' +
        'unlimited, the supplier sells it without a count (OCTO: FREESALE)',
      150,
    ),
    currencyCode: s.text('ISO 4217', 'SGD'),
    price,
    paxAvailability: s.list(paxAvailability, 'The primary type first; each type once'),
  }),
);

export type Price = s.TypeOf<typeof price>;
export type PaxCategory = (typeof PAX_CATEGORIES)[number];
export type PaxAvailability = s.TypeOf<typeof paxAvailability>;
/** A slot as it is stored and served: its price is that of its primary pax type. */
export type Slot = s.TypeOf<typeof slot>;
