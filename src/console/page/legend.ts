import { drawCell, palette } from './cell.js';
import { FLAGS } from './day-flags.js';
import type { Level } from './day-grid.js';
import { colour, el, hasForcedColours, picture } from './dom.js';

const SIGNS: readonly (readonly [string, Level, number])[] = [
  ['up to half of its max age', 'fresh', 0],
  ['within its max age', 'ageing', 0],
  ['up to twice as old', 'late', 0],
  ['older', 'stale', 0],
  ['never fetched', 'never', 0],
  ['closed', 'fresh', FLAGS.closed],
  ['sold out', 'fresh', FLAGS.soldOut],
  ['fails', 'late', FLAGS.failing],
  ['being fetched', 'ageing', FLAGS.leased],
];
const WIDTH = 20;
const HEIGHT = 20;

/** Explains the map with its own signs. */
export function showLegend(box: HTMLElement): void {
  const draw = () => {
    box.replaceChildren(...SIGNS.map(([text, level, flags]) => el('span', {}, sign(level, flags), text)));
  };
  draw();
  for (const theme of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
    matchMedia(theme).addEventListener('change', draw);
  }
}

function sign(level: Level, flags: number): HTMLCanvasElement {
  return picture(WIDTH, HEIGHT, (pen) => {
    const place = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
    drawCell(pen, palette(colour, hasForcedColours()), place, level, flags, false);
  });
}
