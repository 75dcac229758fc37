import type { Calendar } from '../../experience/reads.shape.js';
import { el } from './dom.js';
import { count, dateName, relativeAt } from './format.js';

const MOST_DATES = 6;

/** Because of the supplier's answers some dates are older than their max age, or lack slots. Empty: none are. */
export function degradedNote({ degraded }: Calendar): HTMLElement[] {
  if (degraded === null) return [];
  const { code, since, dates } = degraded;
  const text =
    `Because of the supplier’s answers, since ${relativeAt(since)}, older than their maximum age or lacking ` +
    `slots: ${datesText(dates)}. Each date says more. Cause: `;
  return [el('p', { class: 'warning' }, text, el('code', { text: code }))];
}

function datesText(dates: readonly string[]): string {
  const named = dates.slice(0, MOST_DATES).map(dateName).join('; ');
  return dates.length > MOST_DATES ? `${named}; and ${count(dates.length - MOST_DATES)} more` : named;
}
