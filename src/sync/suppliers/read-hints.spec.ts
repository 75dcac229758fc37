import { describe, expect, it } from '@jest/globals';
import { changedProducts, MOST_HINTS, readHints } from './read-hints.js';

const [FROM, TO] = ['2026-03-02', '2026-03-05'];

describe('a notification', () => {
  it.each([
    [
      'OCTO, the data beside its type',
      {
        notificationType: 'AVAILABILITY_UPDATE',
        productId: 'p',
        optionId: 'o',
        localDateStart: FROM,
        localDateEnd: TO,
      },
      [{ product: 'p', option: 'o', first: FROM, last: TO }],
    ],
    [
      'OCTO, the data by itself',
      { notificationType: 'AVAILABILITY_UPDATE', data: { productId: 'p', localDateStart: FROM, localDateEnd: FROM } },
      [{ product: 'p', option: null, first: FROM, last: FROM }],
    ],
    [
      'OCTO, by ids that begin with a date',
      { productId: 'p', availabilityIds: [`${FROM}T09:00:00+08:00`, `${FROM}T10:00:00+08:00`, TO] },
      [FROM, TO].map((date) => ({ product: 'p', option: null, first: date, last: date })),
    ],
    [
      'of a product as a whole',
      { notificationType: 'PRODUCT_UPDATE', productId: 'p' },
      [{ product: 'p', option: null, first: null, last: null }],
    ],
    [
      'our own, for several products',
      { hints: [{ product: 14, dates: [FROM] }, { product: 'q', from: FROM, to: TO }, 'nothing', { option: 'o' }] },
      [
        { product: '14', option: null, first: FROM, last: FROM },
        { product: 'q', option: null, first: FROM, last: TO },
      ],
    ],
    [
      'OCTO, with the product and the option themselves, too',
      { productId: 'p', product: { id: 'p' }, option: { id: 'o' }, localDate: FROM },
      [{ product: 'p', option: 'o', first: FROM, last: FROM }],
    ],
    [
      'by an id in UTC: the date may be the one before or after',
      { productId: 'p', availabilityIds: [`${FROM}T23:00:00.000Z`] },
      ['2026-03-01', FROM, '2026-03-03'].map((date) => ({ product: 'p', option: null, first: date, last: date })),
    ],
    [
      'by ids of which one says no date: the range beside them',
      { productId: 'p', availabilityIds: [`${FROM}T09:00`, 'opaque'], localDateStart: FROM, localDateEnd: TO },
      [{ product: 'p', option: null, first: FROM, last: TO }],
    ],
    [
      'a list without a name',
      [{ productId: 'p', localDateStart: FROM }],
      [{ product: 'p', option: null, first: FROM, last: FROM }],
    ],
    [
      'with a beginning only: that date',
      { product: 'p', from: FROM },
      [{ product: 'p', option: null, first: FROM, last: FROM }],
    ],
  ])('is read: %s', (_, body, hints) => {
    expect(readHints(body)).toEqual(hints);
  });

  it.each([[null], ['text'], [[]], [{}], [{ productId: '' }], [{ productId: 'p\0' }], [{ data: 7, hints: 'x' }]])(
    'names nothing: %j',
    (body) => {
      expect(readHints(body)).toBeUndefined();
    },
  );

  it.each([
    [['p'], { notificationType: 'PRODUCT_UPDATE', productId: 'p' }],
    [
      ['p', 'q'],
      { notificationType: 'PRODUCT_UPDATE', data: [{ productId: 'p' }, { productId: 'q' }, { productId: 'p' }] },
    ],
    [['p'], { notificationType: 'product_update', productId: 'p' }],
    [
      ['q'],
      [
        { notificationType: 'AVAILABILITY_UPDATE', productId: 'p' },
        { notificationType: 'PRODUCT_UPDATE', productId: 'q' },
      ],
    ],
    [[], { notificationType: 'AVAILABILITY_UPDATE', productId: 'p' }],
    [[], { notificationType: 'PRODUCT_UPDATE' }],
    [[], null],
  ])('says of %j that the products themselves changed', (products, body) => {
    expect(changedProducts(body)).toEqual(products);
  });

  it('is bounded, however much it names', () => {
    const hints = Array.from({ length: 5_000 }, (_, product) => ({ product, dates: [FROM, TO] }));
    expect(readHints({ hints })).toHaveLength(MOST_HINTS);
  });
});
