import type { Sql } from '../../prisma/index.js';
import type { ExperienceChange } from '../catalogue-entry.js';

/** Changes what is named. In another zone it has other days, which are planned anew. @returns whether there is such an experience */
export async function changeExperience(sql: Sql, id: number, { name, timeZone }: ExperienceChange): Promise<boolean> {
  const [renames, moves] = [name !== undefined, timeZone !== undefined];
  const zone = timeZone ?? null;
  const changed = await sql.$executeRaw`
    UPDATE experience SET
      name = CASE WHEN ${renames}::boolean THEN ${name ?? null}::text ELSE name END,
      opened_until = CASE WHEN ${moves}::boolean AND time_zone IS DISTINCT FROM ${zone}::text THEN NULL ELSE opened_until END,
      time_zone = CASE WHEN ${moves}::boolean THEN ${zone}::text ELSE time_zone END
    WHERE id = ${id}`;
  return changed > 0;
}
