import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  zAvailability,
  zAvailabilityCalendar,
  zCapability,
  zErrorInvalidOptionId,
  zErrorInvalidProductId,
  zProduct,
  zSupplier,
} from '@octocloud/types';
import { OctoRequests } from '../../../test/fixtures/octo-requests.js';
import { SandboxSupplier } from '../sandbox-supplier.js';

const NOW = Date.parse('2025-03-28T03:00:00Z');
const RANGE = { localDateStart: '2025-03-27', localDateEnd: '2025-04-26' };

/** Unknown fields are refused: a misspelt optional one would pass otherwise. */
const strict = {
  slots: zAvailability.strict().array(),
  days: zAvailabilityCalendar.strict().array(),
  products: zProduct.strict().array(),
};

const sandbox = new SandboxSupplier({ now: () => NOW, products: 12, octo: { requestsPerMinute: 1000 } });
let octo: OctoRequests;

beforeAll(async () => {
  await sandbox.start();
  octo = new OctoRequests(sandbox.octoUrl());
});
afterAll(() => sandbox.stop());

describe.each([
  ['with pricing', 'octo/pricing'],
  ['without pricing', ''],
])('the answers are OCTO, %s', (_name, capabilities) => {
  const headers = { authorization: 'Bearer any', 'octo-capabilities': capabilities };

  it('the products, and every day and slot of theirs', async () => {
    const products = strict.products.parse(await octo.with(headers).get('/products'));
    expect(products).toHaveLength(12);
    for (const { id: productId, options, pricingPer, availabilityType } of products) {
      for (const { id: optionId } of options) {
        const asked = { productId, optionId, ...RANGE };
        const days = strict.days.parse(await octo.with(headers).post('/availability/calendar', asked));
        const slots = strict.slots.parse(await octo.with(headers).post('/availability', asked));
        expect(days.map(({ localDate }) => localDate)).toHaveLength(31);
        expect(slots.length).toBeGreaterThan(0);
        const isPriced = ({ unitPricing, pricing }: (typeof slots)[number]) => [
          pricing !== undefined,
          (unitPricing ?? []).length > 0,
        ];
        const [perBooking, perUnit] =
          capabilities === '' ? [false, false] : [pricingPer === 'BOOKING', pricingPer === 'UNIT'];
        for (const slot of slots) {
          expect(isPriced(slot)).toEqual([perBooking, perUnit]);
          expect([slot.allDay, slot.openingHours.length > 0]).toEqual(
            Array(2).fill(availabilityType === 'OPENING_HOURS'),
          );
        }
      }
    }
  });
});

describe('the answers are OCTO', () => {
  it('one product, the supplier, and errors', async () => {
    expect(strict.products.parse([await octo.get('/products/octo-16')])[0]?.availabilityType).toBe('OPENING_HOURS');
    expect(zSupplier.strict().parse(await octo.get('/supplier')).endpoint).toBe(sandbox.octoUrl());
    const error = await octo.get('/products/octo-99');
    expect(zErrorInvalidProductId.parse(error)).toMatchObject({ error: 'INVALID_PRODUCT_ID', productId: 'octo-99' });
    const option = await octo.post('/availability', { productId: 'octo-14', optionId: 'x', localDate: '2025-04-03' });
    expect(zErrorInvalidOptionId.parse(option)).toMatchObject({ error: 'INVALID_OPTION_ID', optionId: 'x' });
  });

  it('the capabilities; the schema does not know octo/notifications yet', async () => {
    const capabilities = (await octo.get('/capabilities')) as { id: string }[];
    expect(capabilities.map(({ id }) => id)).toEqual(['octo/pricing', 'octo/notifications']);
    zCapability.strict().parse(capabilities[0]);
  });
});
