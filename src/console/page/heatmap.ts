import { FLAGS } from './day-flags.js';
import type { DayGrid, GridDay, GridExperience } from './day-grid.js';
import { dateName, daysBetween, duration } from './format.js';
import { nearestPlace, placeAfter, type Place } from './map-moves.js';
import { HEAD, MapPainter, ROW } from './map-painter.js';

export interface HeatmapActions {
  openDay(day: GridDay): void;
  openExperience(experience: GridExperience): void;
  /** What is under the pointer; undefined: nothing. */
  point(text: string | undefined, at: { x: number; y: number }): void;
  /** What the keyboard is on. */
  describe(text: string): void;
}

/**
 * Experiences × dates on one canvas as large as what is seen of it: what is drawn is what is seen, whatever the number
 * of experiences. Works with the pointer, and with arrows, Home, End, Page Up and Down, and Enter.
 */
export class Heatmap {
  private readonly painter: MapPainter;
  private focus: Place = { row: 0, column: 0 };
  /** What is marked there. Rows come and go with the filter, and columns with midnight. */
  private marked: { readonly id: number; readonly date: string | undefined } | undefined;
  private drawing = 0;
  /** Where it rests, while a tip says what is there. */
  private pointer: MouseEvent | undefined;

  constructor(
    private readonly box: HTMLElement,
    private readonly grid: DayGrid,
    private readonly actions: HeatmapActions,
  ) {
    this.painter = new MapPainter(box, grid);
    const { canvas } = this.painter;
    box.tabIndex = 0;
    box.setAttribute('role', 'application');
    box.setAttribute('aria-label', 'Map of days: experiences by dates. Arrow keys move, Enter opens a day.');
    box.setAttribute('aria-describedby', 'map-text');
    box.addEventListener('scroll', () => this.scrolled(), { passive: true });
    box.addEventListener('keydown', (event) => this.key(event));
    // Not by a click: what is under the pointer must not move before the click is heard.
    box.addEventListener('focus', () => {
      if (box.matches(':focus-visible')) this.moveTo(nearestPlace(this.focus, grid));
    });
    canvas.addEventListener('mousemove', (event) => this.hover((this.pointer = event)));
    canvas.addEventListener('mouseleave', () => this.leave());
    canvas.addEventListener('click', (event) => this.click(event));
    new ResizeObserver(() => this.draw()).observe(box);
    for (const theme of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
      matchMedia(theme).addEventListener('change', () => {
        this.painter.recolour();
        this.draw();
      });
    }
  }

  /** What stands in the map while it has no rows. */
  set emptyText(text: string) {
    this.painter.emptyText = text;
  }

  /** Marks a day, or an experience, and scrolls to it. @returns whether its row is shown */
  reveal(id: number, date?: string): boolean {
    const at = this.placeOf(id, date);
    if (at) this.moveTo(nearestPlace(at, this.grid));
    return at !== undefined;
  }

  /** Where the marked cell is on the page; undefined: nothing is marked. */
  markedRect(): DOMRect | undefined {
    if (!this.painter.marked) return undefined;
    const { left, top } = this.painter.canvas.getBoundingClientRect();
    const { names, cell } = this.painter;
    const { row, column } = this.painter.marked;
    const x = column < 0 ? 0 : names + column * cell - this.box.scrollLeft;
    return new DOMRect(left + x, top + HEAD + row * ROW - this.box.scrollTop, column < 0 ? names : cell, ROW);
  }

  /** Nothing is marked any more. */
  unmark(): void {
    this.marked = this.painter.marked = undefined;
    this.draw();
  }

  /** Draws with the next frame, once however often it is asked for. */
  draw(): void {
    if (this.drawing !== 0) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      this.followMarked();
      this.painter.paint();
    });
  }

  private placeAt(event: MouseEvent): Place | undefined {
    const { names, cell, canvas } = this.painter;
    const { left, top } = canvas.getBoundingClientRect();
    const x = event.clientX - left;
    const y = event.clientY - top;
    if (y < HEAD) return undefined;
    const row = Math.floor((y - HEAD + this.box.scrollTop) / ROW);
    if (row >= this.grid.experiences.length) return undefined;
    if (x < names) return { row, column: -1 };
    const column = Math.floor((x - names + this.box.scrollLeft) / cell);
    const { start, end } = this.grid.span(row);
    return column < start || column >= end ? undefined : { row, column };
  }

  /** What is under the pointer is another day now. */
  private scrolled(): void {
    this.draw();
    if (this.pointer) this.hover(this.pointer);
  }

  private leave(): void {
    this.pointer = undefined;
    this.actions.point(undefined, { x: 0, y: 0 });
  }

  private hover(event: MouseEvent): void {
    const place = this.placeAt(event);
    this.actions.point(place && this.textOf(place), { x: event.clientX, y: event.clientY });
  }

  private click(event: MouseEvent): void {
    const place = this.placeAt(event);
    if (!place) return;
    this.moveTo(place);
    this.leave();
    this.open();
  }

  private open(): void {
    this.followMarked();
    const { row, column } = this.focus;
    const experience = this.grid.experiences[row];
    const day = this.grid.at(row, column, Date.now());
    if (day) this.actions.openDay(day);
    else if (experience) this.actions.openExperience(experience);
    this.draw();
  }

  private key(event: KeyboardEvent): void {
    this.followMarked();
    const page = Math.max(1, Math.floor((this.box.clientHeight - HEAD) / ROW) - 1);
    const to = placeAfter(event, this.focus, page, this.grid);
    if (event.key === 'Enter' || event.key === ' ') this.open();
    else if (to) this.moveTo(to);
    else return;
    event.preventDefault();
  }

  private moveTo(place: Place): void {
    this.focus = place;
    this.moved();
  }

  private moved(): void {
    const { box } = this;
    const { names, cell } = this.painter;
    const { row, column } = this.focus;
    this.mark(this.focus);
    const top = row * ROW;
    const seen = box.clientHeight - HEAD;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW > box.scrollTop + seen) box.scrollTop = top + ROW - seen;
    const left = Math.max(0, column) * cell;
    const wide = box.clientWidth - names;
    if (left < box.scrollLeft) box.scrollLeft = left;
    else if (left + cell > box.scrollLeft + wide) box.scrollLeft = left + cell - wide;
    this.actions.describe(this.textOf(this.focus) ?? '');
    this.draw();
  }

  /** What is marked may be in another row or column by now. If it is in none, the mark is on what took its place, and that is said. */
  private followMarked(): void {
    const { marked } = this;
    if (!marked) return;
    const at = this.placeOf(marked.id, marked.date);
    const near = nearestPlace(at ?? this.focus, this.grid);
    const isThere = at !== undefined && at.column === near.column;
    if (isThere && at.row === this.focus.row && at.column === this.focus.column) return;
    this.mark(near);
    if (!isThere) this.actions.describe(this.textOf(near) ?? '');
  }

  private mark(place: Place): void {
    const { row, column } = place;
    this.focus = this.painter.marked = place;
    const experience = this.grid.experiences[row];
    this.marked = experience && { id: experience.id, date: this.grid.at(row, column, Date.now())?.date };
  }

  /** Undefined: its row is not shown. The column may lie outside of its window. @param date undefined: the experience itself */
  private placeOf(id: number, date: string | undefined): Place | undefined {
    const row = this.grid.experiences.findIndex((experience) => experience.id === id);
    const experience = this.grid.experiences[row];
    if (!experience) return undefined;
    return { row, column: date === undefined ? -1 : this.grid.span(row).start + daysBetween(experience.from, date) };
  }

  private textOf({ row, column }: Place): string | undefined {
    const experience = this.grid.experiences[row];
    if (!experience) return undefined;
    const name = `${experience.id}${experience.name ? ` ${experience.name}` : ''}`;
    const day = this.grid.at(row, column, Date.now());
    if (!day) return `${name}${experience.paused ? ' (paused)' : ''}, ${experience.timeZone}`;
    return `${name}, ${dateName(day.date)}\n${dayText(day)}`;
  }
}

/** How a day stands, in words. */
export function dayText(day: GridDay): string {
  const known =
    day.age === null
      ? 'never fetched'
      : `${duration(day.age)} old, maximum age ${duration(day.maxAge)}${day.age > day.maxAge ? ': too old' : ''}`;
  const { closed, soldOut, failing, leased } = FLAGS;
  const marks = [
    day.flags & closed && 'closed',
    day.flags & soldOut && 'sold out',
    day.flags & failing && 'its last request failed',
    day.flags & leased && 'being fetched',
    day.experience.paused && 'paused',
  ];
  return [known, ...marks.filter((mark) => typeof mark === 'string')].join('; ');
}
