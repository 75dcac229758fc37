import type { Sql } from '../../../prisma/index.js';

/** Tells all replicas that these products of the supplier changed. */
export async function notifyProducts(sql: Sql, supplier: string, products: readonly string[]): Promise<void> {
  await sql.$executeRaw`
    SELECT pg_notify('slotmirror_product', json_build_array(${supplier}::text, product)::text)
    FROM unnest(${[...products]}::text[]) AS product`;
}
