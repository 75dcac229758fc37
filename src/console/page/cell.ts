import { FLAGS } from './day-flags.js';
import type { Level } from './day-grid.js';

export interface Palette extends Readonly<Record<Level, string>> {
  readonly surface: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly soft: string;
  readonly accent: string;
  readonly mark: string;
  readonly markOnDark: string;
  readonly failing: string;
  readonly failingMark: string;
  /** There are but a few colours, which say nothing of an age: each level has a shape. */
  readonly forced: boolean;
}

/** @param colour reads a colour of the style sheet */
export function palette(colour: (name: string) => string, forced: boolean): Palette {
  return {
    forced,
    fresh: colour('fresh'),
    ageing: colour('ageing'),
    late: colour('late'),
    stale: colour('stale'),
    never: colour('never'),
    surface: colour('surface'),
    raised: colour('raised'),
    line: colour('line'),
    text: colour('text'),
    soft: colour('soft'),
    accent: colour('accent'),
    mark: colour('mark'),
    markOnDark: colour('mark-on-dark'),
    failing: colour('failing'),
    failingMark: colour('failing-mark'),
  };
}

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of a failing day: what is left of the colour of its age, at its foot. */
const FOOT = 4;

/**
 * One day: its colour says how old it is, a mark in it what is the matter. Colours are never the only sign of trouble: what
 * is too old is hatched, and a failing day is the darkest cell (in the dark the brightest) with a large cross.
 */
export function drawCell(pen: Pen, colours: Palette, place: Place, level: Level, flags: number, paused: boolean): void {
  const { x, y, width, height } = place;
  pen.globalAlpha = paused ? 0.45 : 1;
  pen.fillStyle = colours[level];
  pen.fillRect(x, y, width, height);
  if (colours.forced) drawForced(pen, colours, place, level);
  else if (level === 'never') outline(pen, place, colours.line);
  if (flags & FLAGS.failing) drawFailing(pen, colours, place);
  else {
    if (level === 'late') hatch(pen, place, colours.mark, 9);
    if (level === 'stale') hatch(pen, place, colours.markOnDark, 5);
    drawMark(pen, place, flags, inkOn(level, colours));
  }
  pen.globalAlpha = 1;
  if (flags & FLAGS.leased) drawLeased(pen, colours, place);
}

function inkOn(level: Level, colours: Palette): string {
  if (level === 'never') return colours.soft;
  return level === 'fresh' || level === 'stale' ? colours.markOnDark : colours.mark;
}

/** A day that was never fetched has a broken outline, one past half of its max age a foot. */
function drawForced(pen: Pen, colours: Palette, place: Place, level: Level): void {
  if (level === 'never') pen.setLineDash([2, 3]);
  outline(pen, place, colours.line);
  pen.setLineDash([]);
  if (level !== 'ageing') return;
  pen.fillStyle = colours.text;
  pen.fillRect(place.x, place.y + place.height - FOOT, place.width, FOOT);
}

function outline(pen: Pen, { x, y, width, height }: Place, ink: string): void {
  pen.strokeStyle = ink;
  pen.lineWidth = 1;
  pen.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
}

function drawFailing(pen: Pen, colours: Palette, { x, y, width, height }: Place): void {
  pen.fillStyle = colours.failing;
  pen.fillRect(x, y, width, height - FOOT);
  const arm = Math.max(3, Math.min(width, height - FOOT) / 2 - 3);
  const middle = { x: x + width / 2, y: y + (height - FOOT) / 2 };
  pen.strokeStyle = colours.failingMark;
  pen.lineWidth = 2.5;
  line(pen, middle.x - arm, middle.y - arm, middle.x + arm, middle.y + arm);
  line(pen, middle.x - arm, middle.y + arm, middle.x + arm, middle.y - arm);
}

function drawMark(pen: Pen, { x, y, width, height }: Place, flags: number, ink: string): void {
  const middle = { x: x + width / 2, y: y + height / 2 };
  pen.strokeStyle = pen.fillStyle = ink;
  pen.lineWidth = 1.5;
  if (flags & FLAGS.closed) line(pen, middle.x - 3, middle.y, middle.x + 3, middle.y);
  else if (flags & FLAGS.soldOut) {
    pen.beginPath();
    pen.arc(middle.x, middle.y, 2.2, 0, Math.PI * 2);
    pen.fill();
  }
}

/** A folded corner: a cell that is selected has a frame instead. */
function drawLeased(pen: Pen, colours: Palette, { x, y, width }: Place): void {
  pen.beginPath();
  pen.moveTo(x + width - 9, y);
  pen.lineTo(x + width, y);
  pen.lineTo(x + width, y + 9);
  pen.closePath();
  pen.fillStyle = colours.text;
  pen.fill();
  pen.strokeStyle = colours.surface;
  pen.lineWidth = 1.5;
  line(pen, x + width - 10, y, x + width, y + 10);
}

function hatch(pen: Pen, { x, y, width, height }: Place, ink: string, gap: number): void {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.globalAlpha *= 0.55;
  pen.strokeStyle = ink;
  pen.lineWidth = 1.25;
  pen.beginPath();
  for (let from = x - height; from < x + width; from += gap) {
    pen.moveTo(from, y + height);
    pen.lineTo(from + height, y);
  }
  pen.stroke();
  pen.restore();
}

function line(pen: Pen, fromX: number, fromY: number, toX: number, toY: number): void {
  pen.beginPath();
  pen.moveTo(fromX, fromY);
  pen.lineTo(toX, toY);
  pen.stroke();
}
