import type { Sql } from '../../prisma/index.js';

/** All days of an experience are written when its pause ends. */
const AT_ONCE = 100;

/** Ends some of the pauses that are over. @returns whose they were, and when they ended */
export function endPauses(sql: Sql, now: Date): Promise<{ id: number; until: Date }[]> {
  return sql.$queryRaw<{ id: number; until: Date }[]>`
    WITH over AS (SELECT id, paused_until FROM experience WHERE paused_at IS NOT NULL AND paused_until <= ${now} ORDER BY id LIMIT ${AT_ONCE} FOR UPDATE)
    UPDATE experience e SET paused_at = NULL, paused_by = NULL, pause_reason = NULL, paused_until = NULL
    FROM over WHERE e.id = over.id RETURNING e.id, over.paused_until AS until`;
}
