import { describe, expect, it } from '@jest/globals';
import { availabilityUpdates } from './availability-update.js';

const day = (productId: string, optionId: string, date: string) => ({ productId, optionId, date });

describe('the updates', () => {
  it('put consecutive dates of an option together, across months, and nothing else', () => {
    const updates = availabilityUpdates([
      day('a', 'x', '2025-03-30'),
      day('a', 'x', '2025-03-31'),
      day('a', 'x', '2025-04-01'),
      day('a', 'x', '2025-04-03'),
      day('a', 'y', '2025-04-04'),
      day('b', 'y', '2025-04-05'),
    ]);
    expect(
      updates.map((each) => [each.productId, each.optionId, each.localDateStart, each.localDateEnd].join(' ')),
    ).toEqual([
      'a x 2025-03-30 2025-04-01',
      'a x 2025-04-03 2025-04-03',
      'a y 2025-04-04 2025-04-04',
      'b y 2025-04-05 2025-04-05',
    ]);
  });
});
