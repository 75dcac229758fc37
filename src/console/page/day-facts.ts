import type { DayDetail } from '../../sync/monitoring/day-detail.shape.js';
import { el } from './dom.js';
import { clock, duration, moment, relative, relativeAt, upcoming } from './format.js';

/** When a day is fetched next, and why. */
export function dueText({ due: { at, why, text } }: DayDetail): string {
  if (at === null) return text;
  if (why === 'held') return `Tried again: ${upcoming(at)} (${moment(at)}). ${text}`;
  return `${Date.parse(at) <= Date.now() ? 'Due' : 'Next'}: ${relativeAt(at)}. ${text}`;
}

type Row = readonly [name: string, value: string | null, instant?: string | null];

/** What is known of a day. */
export function dayFacts(day: DayDetail): HTMLElement {
  const at = (name: string, instant: string | null): Row => [
    name,
    instant === null ? 'never' : relativeAt(instant),
    instant,
  ];
  const rows: Row[] = [
    at('Confirmed', day.confirmedAt),
    at('Last changed', day.changedAt),
    day.staleAfter === null ? ['Fresh until', null] : at('Fresh until', day.staleAfter),
    ['Maximum age', day.promiseSeconds === null ? null : duration(day.promiseSeconds)],
    ['Version', String(day.version)],
    ['Time zone', day.timeZone],
    ['Request under way', day.leasedUntil === null ? null : 'now'],
    ['Failures in a row', day.attempts === 0 ? null : String(day.attempts)],
    [
      'Last error',
      day.lastError === null || day.failedAt === null ? null : `${day.lastError}, ${relative(day.failedAt)}`,
      day.failedAt,
    ],
    ['What to do', day.attempts === 0 ? null : day.advice],
    ['Not confirmed', day.emptySeenAt === null ? null : `the supplier said “no slots” ${relative(day.emptySeenAt)}`],
  ];
  const shown = rows.flatMap(([name, value, instant]) =>
    value === null
      ? []
      : [el('dt', { text: name }), el('dd', { text: value, ...(instant != null && { title: clock(instant) }) })],
  );
  return el('dl', {}, ...shown);
}
