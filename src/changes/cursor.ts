import { ApiProblem } from '../http/index.js';
import { changeCursor, positionOf, type Position } from '../inventory/index.js';

/** Where a reader that has no position begins. */
export type Beginning = 'now' | 'latest' | 'oldest';

/** @returns `now` where there is no cursor. @throws ApiProblem INVALID_REQUEST */
export function parseFeedCursor(text: unknown): Position | Beginning {
  if (text === undefined || text === 'now') return 'now';
  if (text === 'latest' || text === 'oldest') return text;
  const position = typeof text === 'string' ? positionOf(Buffer.from(text, 'base64url').toString()) : undefined;
  if (position === undefined || changeCursor(position) !== text) {
    throw new ApiProblem(
      'INVALID_REQUEST',
      'Invalid cursor. Pass `nextCursor` of a response or the `id` of a change unchanged, or "now", "latest" or "oldest".',
    );
  }
  return position;
}

/** The feed has lost what follows the cursor. */
export class CursorExpired extends ApiProblem {
  /** @param why one sentence */
  constructor(readonly why: string) {
    super(
      'CURSOR_EXPIRED',
      `${why} Start again: read what you keep a copy of from /api/v1/availability, then follow the changesCursor of its first page.`,
      { members: { restart: '/api/v1/availability' } },
    );
  }
}
