import type { Sql } from '../../prisma/index.js';

/** A product, or one option of it, in the supplier's ids. */
interface Product {
  readonly product: string;
  readonly option: string | null;
  readonly name: string | null;
  readonly timeZone: string | null;
}

export interface InsertedProduct {
  readonly id: number;
  readonly product: string;
  readonly option: string | null;
}

/** Adds the products that are not mirrored so far, with the ids that follow the greatest one, at least `firstId`. */
export function insertProducts(
  sql: Sql,
  supplier: string,
  products: readonly Product[],
  firstId: number,
): Promise<InsertedProduct[]> {
  return sql.$queryRaw<InsertedProduct[]>`
    WITH listed AS (
      SELECT DISTINCT ON (product, option) product, option, name, zone
      FROM unnest(${products.map(({ product }) => product)}::text[], ${products.map(({ option }) => option)}::text[],
        ${products.map(({ name }) => name)}::text[], ${products.map(({ timeZone }) => timeZone)}::text[])
        WITH ORDINALITY AS p(product, option, name, zone, place)
      ORDER BY product, option, place
    ), missing AS (
      SELECT l.*, row_number() OVER (ORDER BY l.product, l.option) AS place FROM listed l
      WHERE NOT EXISTS (SELECT FROM experience e
        WHERE e.supplier = ${supplier} AND e.product = l.product AND e.option IS NOT DISTINCT FROM l.option)
    )
    INSERT INTO experience (id, supplier, product, option, name, time_zone)
    SELECT greatest(${firstId}::int - 1, (SELECT max(id) FROM (
        SELECT id FROM experience UNION ALL SELECT id FROM removed_experience) AS used)) + place,
      ${supplier}, product, option, left(name, 200), zone
    FROM missing
    RETURNING id, product, option`;
}
