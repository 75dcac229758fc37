/**
 * A place in the change feed: behind the change with this key. The number of a transaction and an id; id 0: before all changes
 * of the transaction.
 */
export interface Position {
  /** Positions of another epoch of the feed mean nothing in this one. */
  readonly epoch: string;
  readonly xid: bigint;
  readonly id: bigint;
}

/** Whether `a` stands before `b`, of the same epoch. */
export function isBefore(a: Position, b: Position): boolean {
  return a.xid < b.xid || (a.xid === b.xid && a.id < b.id);
}
