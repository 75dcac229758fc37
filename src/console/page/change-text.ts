import type { Change, ChangeSummary } from '../../changes/change.shape.js';
import { count, money } from './format.js';
import { leftText } from './slot-text.js';

/** What a change is called. */
export const KIND_NAMES: Readonly<Record<Change['kind'], string>> = {
  opened: 'opened',
  closed: 'closed',
  sold_out: 'sold out',
  back_in_stock: 'back in stock',
  price: 'price',
  remaining: 'places',
  other: 'other',
  removed: 'removed',
};

export function kindName(kind: string): string {
  const names: Readonly<Record<string, string>> = KIND_NAMES;
  return names[kind] ?? kind;
}

/** From what to what: `150 left → 149 left`; what stayed the same is left out. */
export function changeText({ before, after }: Pick<Change, 'before' | 'after'>): string {
  if (before === null) return `not known → ${whole(after)}`;
  if (after === null) return `${whole(before)} → not mirrored any more`;
  const [from, to] = [parts(before), parts(after)];
  const differing = from.flatMap((text, i) => (text === to[i] ? [] : [`${text} → ${to[i] ?? ''}`]));
  return differing.length > 0 ? differing.join('; ') : `${whole(after)}, with other details`;
}

function whole(summary: ChangeSummary | null): string {
  if (summary === null) return 'nothing';
  return summary.openSlots === 0 ? 'nothing to book' : parts(summary).join(', ');
}

function parts({ openSlots, remaining, price }: ChangeSummary): string[] {
  return [
    openSlots === 1 ? '1 slot' : `${count(openSlots)} slots`,
    leftText(remaining),
    price === null ? 'no price' : `from ${money(price)}`,
  ];
}
