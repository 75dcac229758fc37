import type { ListedProduct } from '../supplier-client.js';
import type { OctoProduct } from './octo-product.js';

const MOST_NAME = 200;

/** An entry per product and option. The option is named where a product has several. */
export function listedProducts(products: readonly OctoProduct[]): ListedProduct[] {
  return products.flatMap(({ id, name, timeZone, currency, options }) =>
    options.map((option) => {
      const product = name ?? id;
      const whole = options.length > 1 ? `${product}: ${option.name ?? option.id}` : product;
      const shown = whole.slice(0, MOST_NAME).replace(/[\uD800-\uDBFF]$/, '');
      return { product: id, option: option.id, name: shown, timeZone, currencyCode: currency };
    }),
  );
}
