import type { Api } from './api.js';
import { DayGrid } from './day-grid.js';
import { byId, el, inputById, say } from './dom.js';
import { Heatmap } from './heatmap.js';
import { showLegend } from './legend.js';
import { MapDays } from './map-days.js';
import { SHOWN, SHOWN_NAMES, type RowFilter, type ShownRows } from './row-filter.js';
import { showTip } from './tip.js';

export interface MapActions {
  openDay(id: number, date: string): void;
  openExperience(id: number): void;
  /** Another filter was chosen. @param isTyped with more to come */
  filtered(filter: RowFilter, isTyped: boolean): void;
}

const HINT = 'Point at a day or use the arrow keys: its state is said here. Enter opens it.';

/** The map with its filters: which rows are shown, and what the cell that has the focus is. */
export class MapSection {
  readonly grid = new DayGrid();
  readonly days: MapDays;
  private readonly map: Heatmap;
  private readonly boxes = { show: byId('show'), supplier: byId('supplier-filter') } as const;
  private pending: { readonly id: number; readonly date: string | undefined } | undefined;
  private filter: RowFilter = { filter: '', supplier: '', show: 'all' };

  constructor(
    api: Api,
    private readonly actions: MapActions,
  ) {
    this.days = new MapDays(api, this.grid, () => this.changed());
    this.map = new Heatmap(byId('map'), this.grid, {
      openDay: ({ experience: { id }, date }) => actions.openDay(id, date),
      openExperience: ({ id }) => actions.openExperience(id),
      point: (text, at) => showTip(text, at),
      describe: (text) => say(byId('map-text'), text.replace('\n', ': ')),
    });
    this.map.emptyText = 'Loading…';
    say(byId('map-text'), HINT);
    showLegend(byId('legend'));
    this.boxes.show.replaceChildren(...SHOWN.map((value) => el('option', { value, text: SHOWN_NAMES[value] })));
    inputById('filter').addEventListener('input', () => this.choose({ filter: inputById('filter').value }, true));
    this.boxes.show.addEventListener('input', () =>
      this.choose({ show: valueOf(this.boxes.show) as ShownRows }, false),
    );
    this.boxes.supplier.addEventListener('input', () => this.choose({ supplier: valueOf(this.boxes.supplier) }, false));
  }

  /** Shows what the address names. */
  show(filter: RowFilter): void {
    this.filter = filter;
    if (inputById('filter').value.trim() !== filter.filter) inputById('filter').value = filter.filter;
    setValue(this.boxes.show, filter.show);
    setValue(this.boxes.supplier, filter.supplier);
    this.grid.show(filter);
    this.draw();
  }

  draw(): void {
    // What fails or is too old changes by itself.
    this.grid.show({});
    if (this.days.isLoaded) this.map.emptyText = emptyText(this.grid.total, this.filter.show);
    this.map.draw();
  }

  /** In the filter, which is of use only where there are several. */
  offer(suppliers: readonly string[]): void {
    const { supplier: box } = this.boxes;
    box.hidden = suppliers.length < 2;
    if (box.childElementCount === suppliers.length + 1) return;
    const options = suppliers.map((name) => el('option', { value: name, text: name }));
    box.replaceChildren(el('option', { value: '', text: 'All suppliers' }), ...options);
    setValue(box, this.filter.supplier);
  }

  /** Marks what a panel is about, and scrolls to it; once it is known. */
  reveal(id: number, date?: string): void {
    this.pending = this.map.reveal(id, date) ? undefined : { id, date };
  }

  unmark(): void {
    this.pending = undefined;
    this.map.unmark();
  }

  /** Where the marked cell is on the page; undefined: nothing is marked. */
  markedRect(): DOMRect | undefined {
    return this.map.markedRect();
  }

  private choose(part: Partial<RowFilter>, isTyped: boolean): void {
    this.show({ ...this.filter, ...part });
    this.actions.filtered(this.filter, isTyped);
  }

  private changed(): void {
    if (this.days.isLoaded) byId('map').classList.remove('loading');
    this.draw();
    if (this.pending) this.reveal(this.pending.id, this.pending.date);
  }
}

function emptyText(total: number, show: ShownRows): string {
  if (total === 0) return 'Nothing is mirrored: add an experience, or import a supplier’s products.';
  return show === 'all' ? 'No experience matches the filter.' : `${SHOWN_NAMES[show]}: no day.`;
}

function valueOf(box: HTMLElement): string {
  return box instanceof HTMLSelectElement ? box.value : '';
}

/** A value that is not offered yet stays for later. */
function setValue(box: HTMLElement, value: string): void {
  if (box instanceof HTMLSelectElement && box.value !== value) box.value = value;
}
