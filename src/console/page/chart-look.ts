import type { ChartKind } from './chart-kinds.js';
import { colour, hasForcedColours, picture } from './dom.js';

type Fill = string | CanvasPattern;
type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Of a dashed line, CSS pixels. */
const DASH = [5, 4];
/** Of a pattern, device pixels. */
const TILE = 8;
const KEY = 12;

/** How the series of a chart are drawn, and their keys. */
export class ChartLook {
  private readonly forced = hasForcedColours();
  private readonly ink = colour('text');
  private readonly ground = colour('surface');

  /** Lines differ in their dashes too: colours are not the only sign. */
  dash(series: number): number[] {
    return series === 0 ? [] : DASH;
  }

  line(series: number): string {
    return this.forced ? this.ink : colour(`series-${series + 1}`);
  }

  /** Of a bar. With forced colours each series has a pattern. */
  fill(series: number): Fill {
    return this.forced ? pattern(series, this.ink, this.ground) : colour(`series-${series + 1}`);
  }

  /** The edge of a bar; null: it needs none. */
  get edge(): string | null {
    return this.forced ? this.ink : null;
  }

  key(shape: ChartKind['shape'], series: number): HTMLCanvasElement {
    const width = shape === 'lines' ? 2 * KEY : KEY;
    return picture(width, KEY, (pen) => {
      if (shape === 'lines') this.drawLine(pen, series, width);
      else this.drawSwatch(pen, series);
    });
  }

  private drawLine(pen: Pen, series: number, width: number): void {
    pen.strokeStyle = this.line(series);
    pen.lineWidth = 2;
    pen.setLineDash(this.dash(series));
    pen.beginPath();
    pen.moveTo(0, KEY / 2);
    pen.lineTo(width, KEY / 2);
    pen.stroke();
  }

  private drawSwatch(pen: Pen, series: number): void {
    pen.fillStyle = this.fill(series);
    pen.fillRect(0, 0, KEY, KEY);
    if (this.edge === null) return;
    pen.strokeStyle = this.edge;
    pen.strokeRect(0.5, 0.5, KEY - 1, KEY - 1);
  }
}

/** Full, empty, chequered, striped: opaque, as what is lower in a stack covers what is above it. */
function pattern(series: number, ink: string, ground: string): Fill {
  if (series === 0) return ink;
  const tile = new OffscreenCanvas(TILE, TILE);
  const pen = tile.getContext('2d');
  if (!pen) return ground;
  pen.fillStyle = ground;
  pen.fillRect(0, 0, TILE, TILE);
  pen.fillStyle = ink;
  const half = TILE / 2;
  if (series === 2) for (const at of [0, half]) pen.fillRect(at, at, half, half);
  if (series === 3) pen.fillRect(0, 0, TILE, 2);
  return pen.createPattern(tile, 'repeat') ?? ground;
}
