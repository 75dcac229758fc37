import { FLAGS, type Level } from './day-grid.js';

export interface Palette extends Readonly<Record<Level, string>> {
  readonly surface: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly soft: string;
  readonly mark: string;
  readonly markOnDark: string;
}

/** @param colour reads a colour of the style sheet */
export function palette(colour: (name: string) => string): Palette {
  return {
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
    mark: colour('mark'),
    markOnDark: colour('mark-on-dark'),
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One day: its colour says how old it is, a mark in it what is the matter. Colours are never the only sign of trouble. */
export function drawCell(
  pen: CanvasRenderingContext2D,
  colours: Palette,
  { x, y, width, height }: Place,
  level: Level,
  flags: number,
  paused: boolean,
): void {
  pen.globalAlpha = paused ? 0.45 : 1;
  pen.fillStyle = colours[level];
  pen.fillRect(x, y, width, height);
  if (level === 'never') {
    pen.strokeStyle = colours.line;
    pen.lineWidth = 1;
    pen.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
    line(pen, x + 2, y + height - 2, x + width - 2, y + 2);
  }
  const middle = { x: x + width / 2, y: y + height / 2 };
  const ink =
    level === 'never' ? colours.soft : level === 'fresh' || level === 'stale' ? colours.markOnDark : colours.mark;
  pen.strokeStyle = pen.fillStyle = ink;
  pen.lineWidth = 1.5;
  if (flags & FLAGS.failing) {
    line(pen, middle.x - 3, middle.y - 3, middle.x + 3, middle.y + 3);
    line(pen, middle.x - 3, middle.y + 3, middle.x + 3, middle.y - 3);
  } else if (flags & FLAGS.closed) line(pen, middle.x - 3, middle.y, middle.x + 3, middle.y);
  else if (flags & FLAGS.soldOut) {
    pen.beginPath();
    pen.arc(middle.x, middle.y, 2.2, 0, Math.PI * 2);
    pen.fill();
  } else if (level === 'stale') line(pen, middle.x, y + 4, middle.x, y + height - 4);
  pen.globalAlpha = 1;
  if (flags & FLAGS.leased) {
    pen.strokeStyle = colours.text;
    pen.lineWidth = 2;
    pen.strokeRect(x + 1, y + 1, width - 2, height - 2);
  }
}

function line(pen: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  pen.beginPath();
  pen.moveTo(fromX, fromY);
  pen.lineTo(toX, toY);
  pen.stroke();
}
