import type { Calendar, CalendarEntry } from '../../experience/reads.shape.js';
import type { DayMap } from '../../sync/monitoring/day-map.shape.js';
import { FLAGS } from './day-flags.js';
import { el } from './dom.js';
import { addDays, amount, dateName, money } from './format.js';
import { hashOf } from './places.js';
import { leftText } from './slot-text.js';

const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

/** How a date stands: `text` is what is seen of it, `words` what a screen reader says. */
interface DateState {
  readonly kind: 'open' | 'unknown' | 'closed' | 'out';
  readonly text: string;
  readonly words: string;
}

/** Currency of the amounts that stand without one; undefined: there is no price. */
export function currencyOf(calendar: Calendar): string | undefined {
  return calendar.dates[0]?.price.currencyCode;
}

/** The dates of a calendar, month by month. */
export function calendarMonths(calendar: Calendar, map: DayMap): HTMLElement[] {
  const stateOf = dateStates(calendar, map);
  const degraded = new Set(calendar.degraded?.dates);
  const elements: HTMLElement[] = [];
  let month: HTMLElement | undefined;
  for (let i = 0, date = calendar.from; date < calendar.to; i++, date = addDays(calendar.from, i)) {
    if (!month || date.endsWith('-01')) {
      month = emptyMonth(date);
      elements.push(el('h3', { text: monthName(date) }), month);
    }
    month.append(dateLink(calendar.id, date, stateOf(date, i), degraded.has(date)));
  }
  return elements;
}

function dateStates(calendar: Calendar, map: DayMap): (date: string, column: number) => DateState {
  const flags = map.experiences[0]?.flags ?? [];
  const entries = new Map(calendar.dates.map((entry) => [entry.date, entry]));
  const unknown = new Set(calendar.unknown);
  const currency = currencyOf(calendar);
  return (date, column) => {
    const entry = entries.get(date);
    if (entry) return openState(entry, currency);
    if (unknown.has(date)) return { kind: 'unknown', text: 'unknown', words: 'unknown' };
    const closed = ((flags[column] ?? 0) & FLAGS.closed) !== 0;
    return closed
      ? { kind: 'closed', text: 'closed', words: 'closed' }
      : { kind: 'out', text: 'sold out', words: 'sold out' };
  };
}

function openState({ price, remaining }: CalendarEntry, currency: string | undefined): DateState {
  const text = price.currencyCode === currency ? amount(price) : money(price);
  return { kind: 'open', text, words: `${money(price)}, ${leftText(remaining)}` };
}

function dateLink(id: number, date: string, { kind, text, words }: DateState, degraded: boolean): HTMLElement {
  const trouble = degraded ? ', older than its maximum age or lacks slots' : '';
  return el(
    'a',
    { href: hashOf({ kind: 'day', id, date }), class: `date ${kind}${degraded ? ' degraded' : ''}` },
    el('b', { text: String(Number(date.slice(8))) }),
    el('span', { text }),
    el('span', { class: 'hidden', text: `${dateName(date)}: ${words}${trouble}` }),
  );
}

/** Up to the weekday that the month, or what is seen of it, begins on. */
function emptyMonth(date: string): HTMLElement {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const heads = WEEKDAYS.map((text) => el('span', { class: 'head', text }));
  return el('div', { class: 'month' }, ...heads, ...Array.from({ length: weekday }, () => el('span')));
}

function monthName(date: string): string {
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', options);
}
