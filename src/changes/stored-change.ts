import { changeCursor, type Position } from '../inventory/index.js';
import type { Change, ChangeSummary } from './change.shape.js';
import { changeKind, type DayState } from './change-kind.js';
import type { StoredChange } from './sql/read-changes.js';

/** A change as it is sent to all its readers: its text is made once. */
export interface FeedChange {
  readonly position: Position;
  readonly content: Change;
  /** JSON text of the content. */
  readonly json: string;
  readonly before: DayState | null;
  readonly after: DayState | null;
}

export function feedChange(stored: StoredChange, epoch: string): FeedChange {
  const { experienceId, date, version, at } = stored;
  const position = { epoch, xid: BigInt(stored.xid), id: BigInt(stored.id) };
  const [before, after] = [stateOf(stored, 'Before'), stateOf(stored, 'After')];
  const content: Change = {
    ...{ id: changeCursor(position), experienceId, date, version, kind: changeKind(before, after) },
    at: new Date(at).toISOString(),
    before: before && before.summary,
    after: after && after.summary,
  };
  return { position, content, json: JSON.stringify(content), before, after };
}

function stateOf(stored: StoredChange, when: 'Before' | 'After'): DayState | null {
  const openSlots = stored[`openSlots${when}`];
  if (openSlots === null) return null;
  const summary = { openSlots, remaining: stored[`remaining${when}`], price: priceOf(stored, when) };
  return { summary, listed: stored[`listed${when}`] === true };
}

function priceOf(stored: StoredChange, when: 'Before' | 'After'): ChangeSummary['price'] {
  const finalPrice = stored[`finalPrice${when}`];
  const currencyCode = stored[`currencyCode${when}`];
  if (finalPrice === null || currencyCode === null) return null;
  const [originalPrice, discount] = [stored[`originalPrice${when}`], stored[`discount${when}`]];
  return { finalPrice, originalPrice, discount, currencyCode };
}
