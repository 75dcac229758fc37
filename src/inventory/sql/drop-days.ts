import type { Sql } from '../../prisma/index.js';
import { toDatabaseDate, type LocalDate } from '../../time/index.js';

/** Deletes days of these experiences before `first`. */
export function dropDays(sql: Sql, experienceIds: readonly number[], first: LocalDate): Promise<number> {
  return sql.$executeRaw`
    DELETE FROM day WHERE experience_id = ANY(${experienceIds}) AND date < ${toDatabaseDate(first)}::date`;
}
