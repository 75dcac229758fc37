import { ApiProblem } from '../http/index.js';
import type { Position } from './position.js';

/** Where a reader that has no position begins. */
export type Beginning = 'now' | 'oldest';

const LARGEST_XID = 18_446_744_073_709_551_615n;
const LARGEST_ID = 9_223_372_036_854_775_807n;

/** A position as clients carry it: opaque, so that it may become something else. */
export function cursorOf({ epoch, xid, id }: Position): string {
  return Buffer.from(`${epoch}.${xid}.${id}`).toString('base64url');
}

/** @returns `now` where there is no cursor. @throws ApiProblem INVALID_REQUEST */
export function parseFeedCursor(text: unknown): Position | Beginning {
  if (text === undefined || text === '' || text === 'now') return 'now';
  if (text === 'oldest') return 'oldest';
  const position = typeof text === 'string' ? positionOf(text) : undefined;
  if (position === undefined || cursorOf(position) !== text) {
    throw new ApiProblem(
      'INVALID_REQUEST',
      'Invalid cursor. Pass `nextCursor` of a response or the `id` of a change unchanged, or "now" or "oldest".',
    );
  }
  return position;
}

function positionOf(text: string): Position | undefined {
  const [, epoch, xid, id] =
    /^([0-9a-f]{8})\.(\d{1,20})\.(\d{1,19})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (epoch === undefined || xid === undefined || id === undefined) return undefined;
  const position = { epoch, xid: BigInt(xid), id: BigInt(id) };
  return position.xid <= LARGEST_XID && position.id <= LARGEST_ID ? position : undefined;
}

/** The feed has lost what follows the cursor. */
export class CursorExpired extends ApiProblem {
  /** @param why one sentence */
  constructor(why: string) {
    super(
      'CURSOR_EXPIRED',
      `${why} Start again: take a cursor with ?cursor=now, then read what you keep a copy of, then follow that cursor.`,
      { members: { restart: '/api/v1/changes?cursor=now' } },
    );
  }
}
