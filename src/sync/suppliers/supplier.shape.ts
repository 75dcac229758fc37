import * as s from '../../schema/index.js';
import { supplierState } from '../monitoring/status.shape.js';

export { supplierState };

export const supplierList = s.named('SupplierList', s.object({ suppliers: s.list(supplierState) }));

const listedProduct = s.object({
  product: s.text('The supplier’s id', '15'),
  option: s.orNull(s.text(), 'The supplier’s id of the option; null: it has none'),
  name: s.text(undefined, 'Harbour cruise'),
  timeZone: s.orNull(s.text(), 'IANA; null: the supplier names none', 'Asia/Singapore'),
  currencyCode: s.orNull(s.text(), 'ISO 4217; null: the supplier names none', 'SGD'),
  experienceId: s.orNull(s.experienceId(), 'The experience that mirrors it; null: none does', 15),
});

/** `GET /api/v1/supplier/:name/products` */
export const productList = s.named(
  'ProductList',
  s.object({
    listed: s.flag('False: this API has no list of products. Import products by their ids', true),
    products: s.list(listedProduct, 'Each option of a product by itself'),
  }),
);

const importedProduct = s.object({
  experienceId: s.experienceId(undefined),
  product: s.text(undefined, '15'),
  option: s.orNull(s.text()),
  added: s.flag('False: it was mirrored already', false),
});

/** `POST /api/v1/supplier/:name/import` */
export const importReport = s.named(
  'ImportReport',
  s.object({
    experiences: s.list(importedProduct),
    unknown: s.list(
      s.object({ product: s.text(), option: s.orNull(s.text()) }),
      'Not in the supplier’s list, so not imported',
    ),
  }),
);

/** `POST /api/v1/supplier/:name/notifications/:secret` */
export const hintReport = s.named(
  'HintReport',
  s.object({ days: s.count('Days that will be fetched soon, and were not named before') }),
);

export type HintReport = s.TypeOf<typeof hintReport>;
export type SupplierList = s.TypeOf<typeof supplierList>;
export type ProductList = s.TypeOf<typeof productList>;
export type ImportReport = s.TypeOf<typeof importReport>;
