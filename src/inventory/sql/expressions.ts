/** SQL for an instant as epoch milliseconds, a number. */
export function epochMs(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::float8`;
}

/**
 * A row `(xid, id)`: the last change that every reader sees, if there is one. Not the oldest running transaction, which stands for the
 * same place: a crash of PostgreSQL may take back transactions that changed nothing and had not reached the disk. Their numbers are then
 * given out again, and a reader behind them would miss what they change.
 */
export const LAST_CHANGE = `SELECT xid, id FROM day_change
  WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid DESC, id DESC LIMIT 1`;
