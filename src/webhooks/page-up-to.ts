import { isBefore, type FeedPage, type Position } from '../changes/index.js';

/** The page as it was when its message was first sent: what was recorded since then is left for the next message. */
export function pageUpTo(page: FeedPage, end: Position): FeedPage {
  if (!isBefore(end, page.next)) return page;
  return { changes: page.changes.filter(({ position }) => !isBefore(end, position)), next: end, more: true };
}
