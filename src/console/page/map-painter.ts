import { drawCell, palette, type Palette } from './cell.js';
import { levelOf, type DayGrid } from './day-grid.js';
import { colour, el } from './dom.js';
import { addDays } from './format.js';
import type { Place } from './map-moves.js';

export const ROW = 20;
export const HEAD = 40;
const LEAST_CELL = 13;

/** Draws what is seen of the map, on a canvas that is as large as the box and stays in its sight. */
export class MapPainter {
  readonly canvas = el('canvas', { 'aria-hidden': 'true' });
  /** Where the keyboard, or the last click, is; undefined: nobody was here so far. */
  marked: Place | undefined;
  private readonly space = el('div', { class: 'map-space' });
  private colours: Palette = palette(colour);

  constructor(
    private readonly box: HTMLElement,
    private readonly grid: DayGrid,
  ) {
    box.append(this.space, this.canvas);
  }

  /** The theme is another one. */
  recolour(): void {
    this.colours = palette(colour);
  }

  /** Width of the names, and of a day. */
  get names(): number {
    return this.box.clientWidth < 560 ? 92 : 200;
  }

  get cell(): number {
    return Math.max(LEAST_CELL, Math.floor((this.box.clientWidth - this.names) / Math.max(1, this.grid.columns)));
  }

  paint(): void {
    const { grid, box, names, cell } = this;
    const width = box.clientWidth;
    const height = box.clientHeight;
    this.space.style.width = `${names + grid.columns * cell}px`;
    this.space.style.height = `${HEAD + grid.experiences.length * ROW}px`;
    const ratio = window.devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    const pen = this.canvas.getContext('2d');
    if (!pen) return;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = this.colours.surface;
    pen.fillRect(0, 0, width, height);
    pen.font = `12px ${getComputedStyle(box).fontFamily}`;
    pen.textBaseline = 'middle';
    const firstRow = Math.floor(box.scrollTop / ROW);
    const lastRow = Math.min(grid.experiences.length, Math.ceil((box.scrollTop + height - HEAD) / ROW));
    const firstColumn = Math.floor(box.scrollLeft / cell);
    const lastColumn = Math.min(grid.columns, Math.ceil((box.scrollLeft + width - names) / cell));
    this.paintCells(pen, { firstRow, lastRow, firstColumn, lastColumn });
    this.paintNames(pen, firstRow, lastRow, height);
    this.paintHead(pen, firstColumn, lastColumn, width);
    if (grid.experiences.length === 0) {
      pen.fillStyle = this.colours.soft;
      pen.fillText(
        grid.total === 0 ? 'Nothing is mirrored so far.' : 'No experience matches the filter.',
        16,
        HEAD + 24,
      );
    }
  }

  private paintCells(
    pen: CanvasRenderingContext2D,
    seen: { firstRow: number; lastRow: number; firstColumn: number; lastColumn: number },
  ): void {
    const { grid, box, names, cell } = this;
    const now = Date.now();
    for (let row = seen.firstRow; row < seen.lastRow; row++) {
      const y = HEAD + row * ROW - box.scrollTop;
      for (let column = seen.firstColumn; column < seen.lastColumn; column++) {
        const day = grid.at(row, column, now);
        if (!day) continue;
        const x = names + column * cell - box.scrollLeft;
        const place = { x: x + 0.5, y: y + 1, width: cell - 1.5, height: ROW - 2 };
        drawCell(pen, this.colours, place, levelOf(day), day.flags, day.experience.paused);
        if (row === this.marked?.row && column === this.marked.column) {
          pen.strokeStyle = this.colours.text;
          pen.lineWidth = 2;
          pen.strokeRect(x, y, cell, ROW);
        }
      }
    }
  }

  private paintNames(pen: CanvasRenderingContext2D, firstRow: number, lastRow: number, height: number): void {
    const { grid, box, names } = this;
    pen.fillStyle = this.colours.surface;
    pen.fillRect(0, HEAD, names - 2, height - HEAD);
    for (let row = firstRow; row < lastRow; row++) {
      const experience = grid.experiences[row];
      if (!experience) continue;
      const y = HEAD + row * ROW - box.scrollTop;
      const isMarked = row === this.marked?.row && this.marked.column === -1;
      pen.fillStyle = experience.paused ? this.colours.soft : this.colours.text;
      const label = `${experience.paused ? '❙❙ ' : ''}${experience.id}${experience.name ? `  ${experience.name}` : ''}`;
      pen.fillText(fit(pen, label, names - 16), 8, y + ROW / 2 + 0.5);
      if (isMarked) {
        pen.strokeStyle = this.colours.text;
        pen.lineWidth = 2;
        pen.strokeRect(1, y + 1, names - 4, ROW - 2);
      }
    }
  }

  private paintHead(pen: CanvasRenderingContext2D, firstColumn: number, lastColumn: number, width: number): void {
    const { grid, box, names, cell } = this;
    pen.fillStyle = this.colours.surface;
    pen.fillRect(0, 0, width, HEAD - 1);
    const from = grid.first;
    pen.save();
    pen.beginPath();
    pen.rect(names - 2, 0, width, HEAD);
    pen.clip();
    if (from !== undefined) {
      for (let column = firstColumn; column < lastColumn; column++) {
        const date = new Date(`${addDays(from, column)}T00:00:00Z`);
        const x = names + column * cell - box.scrollLeft;
        const weekend = date.getUTCDay() % 6 === 0;
        if (weekend) {
          pen.fillStyle = this.colours.raised;
          pen.fillRect(x, 18, cell, HEAD - 20);
        }
        pen.fillStyle = column === 0 ? this.colours.text : this.colours.soft;
        pen.textAlign = 'center';
        if (cell >= 16 || date.getUTCDate() % 2 === 1) pen.fillText(String(date.getUTCDate()), x + cell / 2, 29);
        pen.textAlign = 'left';
        if (column === 0 || date.getUTCDate() === 1) {
          pen.fillStyle = this.colours.text;
          const month = date.getUTCMonth();
          const left = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 1)).getTime() - date.getTime();
          // What is left of the month may be too short for its whole name.
          const whole = (left / 86_400_000) * cell > 110;
          const options = whole ? ({ month: 'long', year: 'numeric' } as const) : ({ month: 'short' } as const);
          pen.fillText(date.toLocaleDateString('en-GB', { ...options, timeZone: 'UTC' }), x, 10);
        }
      }
    }
    pen.restore();
    pen.textAlign = 'left';
    pen.fillStyle = this.colours.soft;
    const { length } = grid.experiences;
    pen.fillText(`${length} of ${grid.total}`, 8, 29);
    pen.fillStyle = this.colours.line;
    pen.fillRect(0, HEAD - 1, width, 1);
  }
}

function fit(pen: CanvasRenderingContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && pen.measureText(`${text.slice(0, end)}…`).width > width) end--;
  return `${text.slice(0, end)}…`;
}
