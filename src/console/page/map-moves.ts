import type { DayGrid } from './day-grid.js';

/** Column -1: the experience itself. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

type Rows = Pick<DayGrid, 'experiences' | 'columns' | 'span'>;

/** Where a key leads from a place; undefined: it is none that moves. @param page rows that are seen at once */
export function placeAfter(
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  { row, column }: Place,
  page: number,
  grid: Rows,
): Place | undefined {
  const { experiences, columns } = grid;
  const moves: Readonly<Record<string, Place>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    // What is empty before the first day of a row is passed over.
    ArrowLeft: { row, column: column <= grid.span(row).start ? -1 : column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
    Home: { row: ctrlKey ? 0 : row, column: -1 },
    End: { row: ctrlKey ? experiences.length : row, column: columns },
  };
  const to = moves[key];
  return to && nearestPlace(to, grid);
}

/** The place itself, or the nearest one that is a row's name or has a day. */
export function nearestPlace(place: Place, grid: Rows): Place {
  const row = Math.max(0, Math.min(grid.experiences.length - 1, place.row));
  const { start, end } = grid.span(row);
  const column = place.column < 0 ? -1 : Math.max(start, Math.min(end - 1, place.column));
  return { row, column };
}
