export interface KeyedItem<T> {
  readonly element: HTMLElement;
  /** Shows the entry as it is now, and touches only what is another. */
  fill(entry: T): void;
}

/**
 * The elements of a box, one per key. An element stays the same as long as its key is shown: whoever reads it, or has the
 * focus in it, is left in peace when figures come anew.
 */
export class KeyedList<T, Item extends KeyedItem<T> = KeyedItem<T>> {
  private readonly items = new Map<string, Item>();

  constructor(
    private readonly box: HTMLElement,
    private readonly make: (entry: T) => Item,
  ) {}

  find(key: string): Item | undefined {
    return this.items.get(key);
  }

  show(entries: readonly (readonly [key: string, entry: T])[]): void {
    const shown = new Set(entries.map(([key]) => key));
    for (const [key, { element }] of this.items) {
      if (shown.has(key)) continue;
      element.remove();
      this.items.delete(key);
    }
    entries.forEach(([key, entry], place) => {
      const item = this.items.get(key) ?? this.make(entry);
      this.items.set(key, item);
      item.fill(entry);
      const there = this.box.children[place] ?? null;
      if (there !== item.element) this.box.insertBefore(item.element, there);
    });
  }
}
