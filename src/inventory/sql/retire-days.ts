import { toDatabaseDate, type LocalDate } from '../../time/index.js';
import type { Sql } from '../../prisma/index.js';

/** Days of these experiences before `today` are asked for no more. */
export function retireDays(sql: Sql, experienceIds: readonly number[], today: LocalDate): Promise<number> {
  return sql.$executeRaw`
    UPDATE day SET due_at = NULL
    WHERE experience_id = ANY(${experienceIds}) AND date < ${toDatabaseDate(today)}::date AND due_at IS NOT NULL`;
}

/** Days of these experiences before `first` are forgotten. */
export function dropDays(sql: Sql, experienceIds: readonly number[], first: LocalDate): Promise<number> {
  return sql.$executeRaw`
    DELETE FROM day WHERE experience_id = ANY(${experienceIds}) AND date < ${toDatabaseDate(first)}::date`;
}
