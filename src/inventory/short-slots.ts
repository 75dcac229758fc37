import { LRUCache } from 'lru-cache';
import { primaryOf } from './primary-pax.js';
import type { PaxAvailability, PaxCategory, Slot } from './slot.js';

/** What slots of a day have in common: a pax type, its bounds, and the currency of its price. */
export type PaxKind = readonly [
  type: string,
  category: PaxCategory | null,
  /** 1: the primary pax type of the slot. */
  primary: 0 | 1,
  min: number | null,
  max: number | null,
  currencyCode: string,
  /** Of the slot, that one takes; absent: one. */
  taken?: number,
];

/** One kind in each slot. */
export type KindColumn = readonly [
  /** Null: unlimited. */
  places: readonly (number | null)[],
  /** Final prices; null: the slot has no such kind. */
  prices: readonly (number | null)[],
];

/** Which slot it is. */
export type SlotName = readonly [
  startTime: string,
  endTime: string | null,
  providerSlotId: string,
  variantId: number | null,
];

/**
 * Who can book the slots of a day, and for how much, by columns: each list has one value for each slot, in the order of the document.
 * An answer about many experiences reads hundreds of days, and this is a tenth as long as their documents.
 */
export interface ShortSlots {
  readonly kinds: readonly PaxKind[];
  /** What remains of each slot; null: unlimited. */
  readonly remaining: readonly (number | null)[];
  /** By the place of the kind. */
  readonly columns: readonly KindColumn[];
  /** A line of JSON for each slot: `SlotName`. Few of them are ever read. */
  readonly names: string;
}

/** As 0.3.0 wrote it: in `pax` three numbers for each type: the place of its kind, what remains, the final price. */
type ShortSlotsByRow = readonly [
  kinds: readonly PaxKind[],
  slots: readonly (readonly [...SlotName, remaining: number | null, pax: readonly (number | null)[]])[],
];

export const NO_SLOTS: ShortSlots = { kinds: [], remaining: [], columns: [], names: '' };

/** @param slots in the order of the document */
export function shortSlots(slots: readonly Slot[]): ShortSlots {
  const columns = new Columns(slots.length);
  slots.forEach(({ paxAvailability }, at) => {
    const primary = primaryOf(paxAvailability);
    for (const pax of paxAvailability) {
      columns.add(kindOf(pax, pax === primary), at, pax.remaining, pax.price.finalPrice);
    }
  });
  const names = slots.map(({ startTime, endTime, providerSlotId, variantId }): SlotName => {
    return [startTime, endTime, providerSlotId, variantId];
  });
  return { ...columns.all, remaining: slots.map(({ remaining }) => remaining), names: linesOf(names) };
}

/** As it is stored: lines of JSON. The kinds, the columns, and the name of each slot. */
export function shortText({ kinds, remaining, columns, names }: ShortSlots): string {
  return `${JSON.stringify(kinds)}\n${JSON.stringify([remaining, ...columns])}\n${names}`;
}

/** @param text as `shortText` wrote it, or as 0.3.0 did */
export function parseShortSlots(text: string): ShortSlots {
  const first = text.indexOf('\n');
  if (first < 0) return fromRows(JSON.parse(text) as ShortSlotsByRow);
  const second = text.indexOf('\n', first + 1);
  const [remaining, ...columns] = JSON.parse(text.slice(first + 1, second)) as [
    ShortSlots['remaining'],
    ...KindColumn[],
  ];
  return { kinds: knownKinds.memo(text.slice(0, first)), remaining, columns, names: text.slice(second + 1) };
}

/** @param at the place of the slot */
export function slotName({ names }: ShortSlots, at: number): SlotName {
  let from = 0;
  for (let line = 0; line < at; line++) from = names.indexOf('\n', from) + 1;
  const to = names.indexOf('\n', from);
  return JSON.parse(names.slice(from, to < 0 ? undefined : to)) as SlotName;
}

export function slotNames({ names }: ShortSlots): SlotName[] {
  return names === '' ? [] : names.split('\n').map((line) => JSON.parse(line) as SlotName);
}

function fromRows([kinds, slots]: ShortSlotsByRow): ShortSlots {
  const columns = new Columns(slots.length);
  slots.forEach(([, , , , , pax], at) => {
    for (let i = 0; i < pax.length; i += 3) {
      const kind = kinds[pax[i] ?? 0];
      if (kind) columns.add(kind, at, pax[i + 1] ?? null, pax[i + 2] ?? 0);
    }
  });
  const names = slots.map(([startTime, endTime, id, variantId]): SlotName => [startTime, endTime, id, variantId]);
  return { ...columns.all, remaining: slots.map(([, , , , remaining]) => remaining), names: linesOf(names) };
}

function kindOf({ type, category, min, max, price, places }: PaxAvailability, isPrimary: boolean): PaxKind {
  // Documents of 0.2 have no categories.
  const known = (category as PaxCategory | null | undefined) ?? null;
  const kind = [type, known, isPrimary ? 1 : 0, min, max, price.currencyCode] as const;
  return places === undefined ? kind : [...kind, places];
}

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}

/** All days of a product have the same kinds, and hundreds of days are read at once. */
const knownKinds = new LRUCache<string, readonly PaxKind[]>({
  max: 500,
  memoMethod: (text) => JSON.parse(text) as readonly PaxKind[],
});

/** Collects what slots have, by kind. */
class Columns {
  private readonly kinds: PaxKind[] = [];
  private readonly columns: [places: (number | null)[], prices: (number | null)[]][] = [];
  /** The places of equal kinds. */
  private readonly places = new Map<string, number[]>();

  constructor(private readonly slots: number) {}

  get all(): Pick<ShortSlots, 'kinds' | 'columns'> {
    return { kinds: this.kinds, columns: this.columns };
  }

  add(kind: PaxKind, at: number, remaining: number | null, price: number): void {
    const [places, prices] = this.columnOf(kind, at);
    places[at] = remaining;
    prices[at] = price;
  }

  /** A slot that has a kind twice takes two columns. */
  private columnOf(kind: PaxKind, at: number): [(number | null)[], (number | null)[]] {
    const key = JSON.stringify(kind);
    const equal = this.places.get(key) ?? [];
    this.places.set(key, equal);
    for (const place of equal) {
      const column = this.columns[place];
      if (column?.[1][at] === null) return column;
    }
    const none = () => new Array<null>(this.slots).fill(null);
    const column: [(number | null)[], (number | null)[]] = [none(), none()];
    equal.push(this.kinds.push(kind) - 1);
    this.columns.push(column);
    return column;
  }
}
