/** A part of a text: from `start` up to and without `end`, in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Stands for what was taken out. */
const TAKEN_OUT = '***';

/** @returns the text with each of the stretches replaced; those that overlap or touch are one */
export function withoutStretches(text: string, stretches: readonly Stretch[]): string {
  let clean = '';
  let end = -1;
  for (const stretch of stretches.toSorted((a, b) => a.start - b.start)) {
    if (stretch.start > end) clean += text.slice(Math.max(end, 0), stretch.start) + TAKEN_OUT;
    end = Math.max(end, stretch.end);
  }
  return end < 0 ? text : clean + text.slice(end);
}
