/**
 * A place in the log of changes: behind the change with this key. The number of a transaction and an id; id 0: before all changes
 * of the transaction.
 */
export interface Position {
  /** Positions of another epoch of the log mean nothing in this one. */
  readonly epoch: string;
  readonly xid: bigint;
  readonly id: bigint;
}

const LARGEST_XID = 18_446_744_073_709_551_615n;
const LARGEST_ID = 9_223_372_036_854_775_807n;

/** Whether `a` stands before `b`, of the same epoch. */
export function isBefore(a: Position, b: Position): boolean {
  return a.xid < b.xid || (a.xid === b.xid && a.id < b.id);
}

/** `epoch.xid.id` */
export function positionText({ epoch, xid, id }: Position): string {
  return `${epoch}.${xid}.${id}`;
}

/** @returns undefined: the text is none of a position, or not in the one spelling of it */
export function positionOf(text: string): Position | undefined {
  const [, epoch, xid, id] = /^([0-9a-f]{8})\.(\d{1,20})\.(\d{1,19})$/.exec(text) ?? [];
  if (epoch === undefined || xid === undefined || id === undefined) return undefined;
  const position = { epoch, xid: BigInt(xid), id: BigInt(id) };
  const isRead = position.xid <= LARGEST_XID && position.id <= LARGEST_ID && positionText(position) === text;
  return isRead ? position : undefined;
}

/** A position as clients carry it: opaque, so that it may become something else. */
export function changeCursor(position: Position): string {
  return Buffer.from(positionText(position)).toString('base64url');
}
