import { byId, el } from './dom.js';

export interface TroubleColumn<T> {
  readonly name: string;
  readonly content: (entry: T) => readonly (Node | string)[];
}

export interface TroubleEntry {
  readonly experienceId: number;
  readonly since: string;
}

export interface TroubleActions {
  /** Null: the experience has none, or it is not known so far. */
  nameOf(id: number): string | null;
  /** @param back focuses what it was opened from */
  open(id: number, back: () => void): void;
}

interface Row {
  readonly element: HTMLTableRowElement;
  readonly name: HTMLElement;
  readonly cells: readonly HTMLElement[];
}

/**
 * One row per experience and cause, the newest first. A row stays the same element as long as its cause lasts, and what
 * did not change is not touched: whoever reads it, or has the focus in it, is left in peace when the status comes anew.
 */
export class TroubleTable<T extends TroubleEntry> {
  private readonly caption = el('caption');
  private readonly body = el('tbody');
  private readonly rows = new Map<string, Row>();

  /** @param keyOf tells the causes of an experience apart */
  constructor(
    private readonly box: HTMLElement,
    private readonly columns: readonly TroubleColumn<T>[],
    private readonly keyOf: (entry: T) => string,
    private readonly actions: TroubleActions,
  ) {
    const heads = ['Experience', ...columns.map(({ name }) => name)].map((text) => el('th', { scope: 'col', text }));
    box.append(el('table', { class: 'troubles' }, this.caption, el('thead', {}, el('tr', {}, ...heads)), this.body));
  }

  show(caption: string, entries: readonly T[]): void {
    this.box.hidden = entries.length === 0;
    if (this.caption.textContent !== caption) this.caption.textContent = caption;
    const shown = new Map(entries.map((entry) => [`${entry.experienceId} ${this.keyOf(entry)}`, entry]));
    for (const key of [...this.rows.keys()].filter((known) => !shown.has(known))) this.drop(key);
    [...shown].sort(newestFirst).forEach(([key, entry], place) => {
      const row = this.rows.get(key) ?? this.add(key, entry);
      this.fill(row, entry);
      const there = this.body.children[place] ?? null;
      if (there !== row.element) this.body.insertBefore(row.element, there);
    });
  }

  private drop(key: string): void {
    this.rows.get(key)?.element.remove();
    this.rows.delete(key);
  }

  private add(key: string, { experienceId: id }: T): Row {
    const back = () => (button.isConnected ? button : byId('map')).focus();
    const button = el('button', {
      type: 'button',
      class: 'link',
      text: String(id),
      click: () => this.actions.open(id, back),
    });
    const name = el('span');
    const cells = this.columns.map((column) => el('td', { 'data-name': column.name }));
    const element = el('tr', {}, el('th', { scope: 'row' }, button, ' ', name), ...cells);
    const row = { element, name, cells };
    this.rows.set(key, row);
    return row;
  }

  private fill({ name, cells }: Row, entry: T): void {
    name.textContent = this.actions.nameOf(entry.experienceId) ?? '';
    this.columns.forEach(({ content }, i) => {
      const fresh = el('td', {}, ...content(entry));
      if (cells[i]?.innerHTML !== fresh.innerHTML) cells[i]?.replaceChildren(...fresh.childNodes);
    });
  }
}

function newestFirst<T extends TroubleEntry>([key, a]: readonly [string, T], [other, b]: readonly [string, T]): number {
  if (a.since !== b.since) return a.since < b.since ? 1 : -1;
  return a.experienceId - b.experienceId || (key < other ? -1 : 1);
}
