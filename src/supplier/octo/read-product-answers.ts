import type { Mask } from '../../secrets/index.js';
import { quote } from '../reading/slot-reading.js';
import { SupplierFailure } from '../supplier-error.js';
import type { OctoProduct } from './octo-product.js';
import { readProduct } from './read-product.js';
import { parsedBody } from './parsed-body.js';

/** @throws SupplierFailure `bad_answer` if the body is no product */
export function readProductAnswer(body: string, mask: Mask): OctoProduct {
  const value = parsedBody(body);
  return readProduct(value, mask) ?? bad(`expected a product with an id, got ${quote(value, mask)}`);
}

/**
 * The products that can be read. An unreadable one hides no other.
 * @throws SupplierFailure `bad_answer` if the body is no list of products
 */
export function readProductsAnswer(body: string, mask: Mask): OctoProduct[] {
  const values = parsedBody(body);
  if (!Array.isArray(values)) return bad(`expected a list of products, got ${quote(values, mask)}`);
  const products = values.flatMap((value) => readProduct(value, mask) ?? []);
  if (products.length === 0 && values.length > 0) bad(`expected products, got a list of ${values.length} without any`);
  return products;
}

function bad(detail: string): never {
  throw new SupplierFailure('bad_answer', detail);
}
