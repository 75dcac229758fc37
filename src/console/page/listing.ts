import type { Api } from './api.js';
import { el, notify } from './dom.js';

export interface Column<T> {
  readonly name: string;
  readonly text: (entry: T) => string;
  /** In full, for who points at it. */
  readonly title?: (entry: T) => string;
  readonly number?: boolean;
}

interface Page<T> {
  readonly entries: readonly T[];
  readonly nextCursor: string | null;
}

/** A list that is read page by page, newest first. */
export class Listing<T> {
  private readonly rows = el('tbody');
  private readonly more = el('button', { type: 'button', text: 'More', click: () => void this.next() });
  private cursor: string | null = null;
  private entries: readonly T[] = [];

  /** @param take finds the entries in an answer */
  constructor(
    private readonly api: Api,
    private readonly path: string,
    private readonly take: (answer: never) => Page<T>,
    private readonly columns: readonly Column<T>[],
    private readonly box: HTMLElement,
  ) {}

  /** From the newest on. */
  async load(): Promise<void> {
    const page = this.take(await this.api.get<never>(`${this.path}?limit=20`));
    // Whoever reads further down is left in peace.
    if (this.rows.childElementCount > 20 && this.box.scrollTop > 0) return;
    this.entries = [];
    this.rows.replaceChildren();
    this.add(page);
    const heads = this.columns.map(({ name, number }) =>
      el('th', { scope: 'col', text: name, class: number ? 'number' : '' }),
    );
    this.box.replaceChildren(el('table', {}, el('thead', {}, el('tr', {}, ...heads)), this.rows), this.more);
    if (page.entries.length === 0) this.box.replaceChildren(el('p', { class: 'soft', text: 'Nothing so far.' }));
  }

  /** Writes all times anew. */
  show(): void {
    this.rows.replaceChildren(...this.entries.map((entry) => this.row(entry)));
  }

  private async next(): Promise<void> {
    if (this.cursor === null || this.more.disabled) return;
    this.more.disabled = true;
    try {
      this.add(this.take(await this.api.get<never>(`${this.path}?limit=50&cursor=${this.cursor}`)));
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    } finally {
      this.more.disabled = false;
    }
  }

  private add({ entries, nextCursor }: Page<T>): void {
    this.cursor = nextCursor;
    this.more.hidden = nextCursor === null;
    this.entries = [...this.entries, ...entries];
    this.rows.append(...entries.map((entry) => this.row(entry)));
  }

  private row(entry: T): HTMLElement {
    const cells = this.columns.map(({ text, number, title }) =>
      el('td', { text: text(entry), class: number ? 'number' : '', ...(title && { title: title(entry) }) }),
    );
    return el('tr', {}, ...cells);
  }
}
