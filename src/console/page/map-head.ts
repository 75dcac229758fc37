import { addDays } from './format.js';

/** A text above the columns. `column` counts from the first date of the map. */
export interface DateLabel {
  readonly column: number;
  readonly text: string;
}

export interface MonthLabel {
  readonly x: number;
  readonly text: string;
}

/** The columns that are seen: from `from` to before `to`, of which `scrolled` pixels of the first are hidden. */
export interface SeenColumns {
  readonly first: string;
  readonly from: number;
  readonly to: number;
  readonly cell: number;
  readonly scrolled: number;
  readonly width: (text: string) => number;
}

/** Least pixels between two labels. */
const GAP = 6;

/** The names of a month, longest first. To make a format is slow, and the head is drawn with every frame. */
const NAMES = [{ month: 'long', year: 'numeric' }, { month: 'long' }, { month: 'short' }].map(
  (options) => new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' } as Intl.DateTimeFormatOptions),
);

/** The days of the month above those columns that have room for them, evenly spread. */
export function dateLabels({ first, from, to, cell, width }: SeenColumns): DateLabel[] {
  const step = Math.max(1, Math.ceil((width('30') + GAP) / cell));
  const labels: DateLabel[] = [];
  for (let column = Math.ceil(from / step) * step; column < to; column += step) {
    labels.push({ column, text: String(Number(addDays(first, column).slice(8))) });
  }
  return labels;
}

/** The months, each above the first of its columns that is seen; the longest name that has room before the next one. */
export function monthLabels({ first, from, to, cell, scrolled, width }: SeenColumns): MonthLabel[] {
  const labels: MonthLabel[] = [];
  for (let column = from; column < to;) {
    const date = addDays(first, column);
    const after = Math.min(to, column + daysLeft(date));
    const x = Math.max(0, (column - from) * cell - scrolled);
    const end = (after - from) * cell - scrolled;
    const text = namesOf(date).find((name) => width(name) + GAP <= end - x);
    if (text !== undefined) labels.push({ x, text });
    column = after;
  }
  return labels;
}

/** From this date to the end of its month. */
function daysLeft(date: string): number {
  const at = new Date(`${date}T00:00:00Z`);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate() - at.getUTCDate() + 1;
}

function namesOf(date: string): string[] {
  const at = new Date(`${date}T00:00:00Z`);
  return NAMES.map((format) => format.format(at));
}
