import type { Sql } from '../../prisma/index.js';
import type { Listing } from '../catalogue-entry.js';

/** @returns whether it was added; false: it is there already */
export async function insertExperience(sql: Sql, id: number, { supplier, product, option }: Listing): Promise<boolean> {
  const added = await sql.$executeRaw`
    INSERT INTO experience (id, supplier, product, option) VALUES (${id}, ${supplier}, ${product}, ${option}) ON CONFLICT DO NOTHING`;
  return added > 0;
}
