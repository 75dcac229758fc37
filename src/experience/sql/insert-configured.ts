import type { ConfiguredExperience } from '../../config/index.js';
import type { Sql } from '../../prisma/index.js';

/** Adds the experiences that are missing and were not removed. @returns how many */
export function insertConfigured(
  sql: Sql,
  supplier: string,
  experiences: readonly ConfiguredExperience[],
): Promise<number> {
  return sql.$executeRaw`
    INSERT INTO experience (id, supplier, product, option, time_zone)
    SELECT id, ${supplier}, product, option, zone
    FROM unnest(${experiences.map(({ id }) => id)}::int[], ${experiences.map(({ product }) => product)}::text[],
      ${experiences.map(({ option }) => option)}::text[], ${experiences.map(({ timeZone }) => timeZone)}::text[])
      AS listed(id, product, option, zone)
    WHERE NOT EXISTS (SELECT FROM removed_experience r WHERE r.id = listed.id)
    ON CONFLICT DO NOTHING`;
}
