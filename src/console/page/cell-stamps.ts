import { drawCell, type Palette } from './cell.js';
import type { Level } from './day-grid.js';

/** In device pixels, of which a CSS pixel has `ratio`. */
interface Size {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** Widths change with the window: what they leave behind is bounded. */
const MOST = 500;

/** A picture of each kind of cell, drawn once: hatching a thousand cells with every frame would make scrolling slow. */
export class CellStamps {
  private readonly made = new Map<string, ImageBitmap>();

  constructor(private readonly colours: Palette) {}

  of(level: Level, flags: number, paused: boolean, size: Size): ImageBitmap {
    const key = `${level} ${flags} ${paused} ${size.width} ${size.ratio}`;
    let stamp = this.made.get(key);
    if (!stamp) {
      if (this.made.size >= MOST) this.made.clear();
      stamp = this.draw(level, flags, paused, size);
      this.made.set(key, stamp);
    }
    return stamp;
  }

  private draw(level: Level, flags: number, paused: boolean, { width, height, ratio }: Size): ImageBitmap {
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext('2d', { alpha: false });
    if (pen) {
      pen.fillStyle = this.colours.surface;
      pen.fillRect(0, 0, width, height);
      pen.scale(ratio, ratio);
      const place = { x: 0.5, y: 1, width: width / ratio - 1.5, height: height / ratio - 2 };
      drawCell(pen, this.colours, place, level, flags, paused);
    }
    return canvas.transferToImageBitmap();
  }
}
