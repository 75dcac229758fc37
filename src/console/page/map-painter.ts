import { palette, type Palette } from './cell.js';
import { CellStamps } from './cell-stamps.js';
import { levelOf, type DayGrid } from './day-grid.js';
import { colour, el, hasForcedColours } from './dom.js';
import { addDays } from './format.js';
import { dateLabels, monthLabels } from './map-head.js';
import type { Place } from './map-moves.js';
import { ShortLabels } from './short-labels.js';

export const ROW = 24;
export const HEAD = 40;
/** Of a cell: for a pointer, and for a finger. */
const LEAST_CELL = { fine: 18, coarse: 24 } as const;
const SCROLL_BAR = 16;

/** Which of the map is seen. It is read once a frame: each question to the box may make the browser lay out the page. */
interface Seen {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly left: number;
  readonly names: number;
  readonly cell: number;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** Draws what is seen of the map, on a canvas that is as large as the box and stays in its sight. */
export class MapPainter {
  readonly canvas = el('canvas', { 'aria-hidden': 'true' });
  /** Where the keyboard, or the last click, is; undefined: nobody was here so far. */
  marked: Place | undefined;
  /** Stands in the map while it has no rows. */
  emptyText = '';
  private readonly space = el('div', { class: 'map-space' });
  private readonly coarse = matchMedia('(pointer: coarse)');
  private readonly labels = new ShortLabels();
  private readonly font: string;
  private colours: Palette = palette(colour, hasForcedColours());
  private stamps = new CellStamps(this.colours);

  constructor(
    private readonly box: HTMLElement,
    private readonly grid: DayGrid,
  ) {
    box.append(this.space, this.canvas);
    this.font = `12px ${getComputedStyle(box).fontFamily}`;
  }

  /** The theme is another one. */
  recolour(): void {
    this.colours = palette(colour, hasForcedColours());
    this.stamps = new CellStamps(this.colours);
  }

  /** Width of the names, and of a day. */
  get names(): number {
    return this.box.clientWidth < 560 ? 104 : 200;
  }

  get cell(): number {
    const least = this.coarse.matches || this.box.clientWidth < 560 ? LEAST_CELL.coarse : LEAST_CELL.fine;
    return Math.max(least, (this.box.clientWidth - this.names) / Math.max(1, this.grid.columns));
  }

  paint(): void {
    const pen = this.canvas.getContext('2d');
    if (!pen) return;
    this.fit(pen);
    const seen = this.look();
    pen.fillStyle = this.colours.surface;
    pen.fillRect(0, 0, seen.width, seen.height);
    pen.font = this.font;
    pen.textBaseline = 'middle';
    pen.imageSmoothingEnabled = false;
    this.paintCells(pen, seen);
    this.paintNames(pen, seen);
    this.paintHead(pen, seen);
    if (this.grid.experiences.length > 0) return;
    pen.fillStyle = this.colours.soft;
    pen.fillText(this.emptyText, 16, HEAD + 24);
  }

  private look(): Seen {
    const { grid, box, names, cell } = this;
    const { clientWidth: width, clientHeight: height, scrollTop: top, scrollLeft: left } = box;
    return {
      ...{ width, height, top, left, names, cell },
      firstRow: Math.floor(top / ROW),
      lastRow: Math.min(grid.experiences.length, Math.ceil((top + height - HEAD) / ROW)),
      firstColumn: Math.floor(left / cell),
      lastColumn: Math.min(grid.columns, Math.ceil((left + width - names) / cell)),
    };
  }

  /** The box is as high as its rows, up to what the style sheet allows. */
  private fit(pen: CanvasRenderingContext2D): void {
    const { grid, box } = this;
    const rows = HEAD + Math.max(2, grid.experiences.length) * ROW;
    const { names, cell } = this;
    const wide = Math.floor(names + grid.columns * cell);
    this.space.style.width = `${wide}px`;
    this.space.style.height = `${HEAD + grid.experiences.length * ROW}px`;
    box.style.height = `${rows + 2 + (wide > box.clientWidth ? SCROLL_BAR : 0)}px`;
    const { clientWidth: width, clientHeight: height } = box;
    const ratio = window.devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  private paintCells(pen: CanvasRenderingContext2D, seen: Seen): void {
    const { grid, stamps } = this;
    const now = Date.now();
    const ratio = window.devicePixelRatio || 1;
    // In device pixels: a stamp that lies across them would be blurred.
    const leftOf = (column: number) => Math.round((seen.names + column * seen.cell - seen.left) * ratio);
    const height = Math.round(ROW * ratio);
    let selected: (() => void) | undefined;
    for (let row = seen.firstRow; row < seen.lastRow; row++) {
      const y = Math.round((HEAD + row * ROW - seen.top) * ratio) / ratio;
      for (let column = seen.firstColumn; column < seen.lastColumn; column++) {
        const day = grid.at(row, column, now);
        if (!day) continue;
        const left = leftOf(column);
        const width = leftOf(column + 1) - left;
        const x = left / ratio;
        const stamp = stamps.of(levelOf(day), day.flags, day.experience.paused, { width, height, ratio });
        pen.drawImage(stamp, x, y, width / ratio, height / ratio);
        if (row === this.marked?.row && column === this.marked.column) {
          selected = () => this.frame(pen, x, y, width / ratio, ROW);
        }
      }
    }
    // Over its neighbours.
    selected?.();
  }

  private frame(pen: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
    pen.strokeStyle = this.colours.surface;
    pen.lineWidth = 5;
    pen.strokeRect(x, y + 0.5, width, height - 1);
    pen.strokeStyle = this.colours.text;
    pen.lineWidth = 2.5;
    pen.strokeRect(x, y + 0.5, width, height - 1);
  }

  private paintNames(pen: CanvasRenderingContext2D, { firstRow, lastRow, names, top, height }: Seen): void {
    const { grid } = this;
    const width = (text: string) => pen.measureText(text).width;
    pen.fillStyle = this.colours.surface;
    pen.fillRect(0, HEAD, names - 2, height - HEAD);
    for (let row = firstRow; row < lastRow; row++) {
      const experience = grid.experiences[row];
      if (!experience) continue;
      const y = HEAD + row * ROW - top;
      pen.fillStyle = experience.paused ? this.colours.soft : this.colours.text;
      const label = `${experience.paused ? '❙❙ ' : ''}${experience.id}${experience.name ? `  ${experience.name}` : ''}`;
      pen.fillText(this.labels.fit(label, names - 16, width), 8, y + ROW / 2 + 0.5);
      if (row === this.marked?.row && this.marked.column === -1) this.frame(pen, 3, y + 1, names - 8, ROW - 2);
    }
  }

  private paintHead(pen: CanvasRenderingContext2D, seen: Seen): void {
    const { grid } = this;
    const { width, height, names } = seen;
    pen.fillStyle = this.colours.surface;
    pen.fillRect(0, 0, width, HEAD - 1);
    if (grid.first !== undefined) this.paintDates(pen, grid.first, seen);
    pen.fillStyle = this.colours.surface;
    pen.fillRect(0, 0, names - 2, HEAD - 1);
    pen.textAlign = 'left';
    pen.fillStyle = this.colours.soft;
    const { length } = grid.experiences;
    if (grid.total > 0) pen.fillText(`${length} of ${grid.total}`, 8, 29);
    pen.fillStyle = this.colours.line;
    pen.fillRect(0, HEAD - 1, width, 1);
    if (seen.left > 0) pen.fillRect(names - 2, 0, 1, height);
  }

  private paintDates(pen: CanvasRenderingContext2D, first: string, seen: Seen): void {
    const { firstColumn: from, lastColumn: to, names, cell, left } = seen;
    const leftOf = (column: number) => names + column * cell - left;
    pen.fillStyle = this.colours.raised;
    for (let column = from; column < to; column++) {
      const isWeekend = new Date(`${addDays(first, column)}T00:00:00Z`).getUTCDay() % 6 === 0;
      if (isWeekend) pen.fillRect(leftOf(column), 18, cell, HEAD - 20);
    }
    const width = (text: string) => pen.measureText(text).width;
    const columns = { first, from, to, cell, scrolled: left - from * cell, width };
    pen.textAlign = 'center';
    for (const { column, text } of dateLabels(columns)) {
      pen.fillStyle = column === 0 ? this.colours.text : this.colours.soft;
      pen.fillText(text, leftOf(column) + cell / 2, 29);
    }
    pen.textAlign = 'left';
    pen.fillStyle = this.colours.text;
    for (const { x, text } of monthLabels(columns)) pen.fillText(text, names + x, 10);
  }
}
