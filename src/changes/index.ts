export { changeKind } from './change-kind.js';
export { ChangeFeed, type FeedPage, type FeedQuery } from './change-feed.js';
export { ChangeReader } from './change-reader.js';
export { ChangeStreams } from './change-streams.js';
export { ChangeTail } from './change-tail.js';
export { ChangesModule } from './changes.module.js';
export { CursorExpired, cursorOf, parseFeedCursor, type Beginning } from './cursor.js';
export type { Position } from './position.js';
export type { FeedChange } from './stored-change.js';
