import type { Api } from './api.js';
import type { DayDetail, PassReport, Slot } from './api-types.js';
import { el, notify } from './dom.js';
import { clock, dateName, duration, money, relative } from './format.js';
import type { Shown, SidePanel } from './side-panel.js';

/** One day: what is served of it, how old it is, when it is asked for next, and why. */
export class DayPanel {
  constructor(
    private readonly api: Api,
    private readonly side: SidePanel,
    private readonly openExperience: (id: number) => void,
  ) {}

  static key(id: number, date: string): string {
    return `day ${id} ${date}`;
  }

  open(id: number, date: string, back?: () => void): Promise<void> {
    return this.side.open(DayPanel.key(id, date), () => this.load(id, date), back);
  }

  private async load(id: number, date: string): Promise<Shown> {
    const title = `${id}, ${dateName(date)}`;
    try {
      return { title, content: this.content(await this.api.get<DayDetail>(`/api/v1/sync/days/${id}/${date}`)) };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { title, content: [el('p', { class: 'reason', text })] };
    }
  }

  private content(day: DayDetail): Node[] {
    const { experienceId: id, date } = day;
    const fetchNow = el('button', { type: 'button', class: 'primary', text: 'Fetch now' });
    fetchNow.addEventListener('click', () => void this.fetchNow(id, date, fetchNow));
    const raw = `/api/v1/experience/${id}/slots?date=${date}`;
    return [
      el(
        'div',
        { class: 'actions' },
        fetchNow,
        el('button', { type: 'button', text: 'Experience', click: () => this.openExperience(id) }),
        el('a', { href: raw, target: '_blank', rel: 'noreferrer', text: 'Raw answer' }),
      ),
      el('p', { class: 'reason' }, dueText(day)),
      facts(day),
      el('h3', { text: slotsTitle(day.slots) }),
      ...(day.slots ?? []).map(slotLine),
    ];
  }

  private async fetchNow(id: number, date: string, button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    button.textContent = 'Fetching…';
    try {
      const path = `/api/v1/experience/${id}/days/${date}/refresh`;
      notify(passText(await this.api.post<PassReport>(path, undefined, { prefer: 'wait=15' })));
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
    if (this.side.shown === DayPanel.key(id, date)) await this.open(id, date);
  }
}

const ENDS: Readonly<Record<string, string>> = {
  done: 'Done',
  incomplete: 'Some requests failed',
  paused: 'Nothing is asked while paused',
  refused: 'The partner refuses for now',
  outage: 'The partner does not answer',
  stopped: 'The server stopped',
  running: 'It goes on; the map shows it',
};

/** What became of an order, in a line. */
export function passText({ state, days, confirmed, changed, failed }: PassReport): string {
  const failures = failed > 0 ? `, ${failed} failed` : '';
  return `${ENDS[state] ?? state}: ${confirmed} of ${days} fetched, ${changed} changed${failures}.`;
}

function dueText({ due }: DayDetail): string {
  if (due.at === null) return due.text;
  const late = Date.parse(due.at) <= Date.now();
  return `${late ? 'Due' : 'Next'}: ${relative(due.at)} (${clock(due.at)}). ${due.text}`;
}

function facts(day: DayDetail): HTMLElement {
  const at = (instant: string | null) => (instant === null ? 'never' : `${relative(instant)} (${clock(instant)})`);
  const rows: [string, string | null][] = [
    ['Confirmed', at(day.confirmedAt)],
    ['Last changed', at(day.changedAt)],
    ['Promised until', day.staleAfter === null ? null : at(day.staleAfter)],
    ['May be', day.promiseSeconds === null ? null : `${duration(day.promiseSeconds)} old`],
    ['Version', String(day.version)],
    ['Time zone', day.timeZone],
    ['Asked for', day.leasedUntil === null ? null : 'now'],
    ['Failures in a row', day.attempts === 0 ? null : String(day.attempts)],
    [
      'Last error',
      day.lastError === null || day.failedAt === null ? null : `${day.lastError}, ${relative(day.failedAt)}`,
    ],
    ['Doubted', day.emptySeenAt === null ? null : `the partner said "empty" ${relative(day.emptySeenAt)}`],
  ];
  const shown = rows.flatMap(([name, value]) =>
    value === null ? [] : [el('dt', { text: name }), el('dd', { text: value })],
  );
  return el('dl', {}, ...shown);
}

function slotsTitle(slots: readonly Slot[] | null): string {
  if (slots === null) return 'Slots: never fetched';
  return slots.length === 0 ? 'No slots: closed' : `${slots.length} ${slots.length === 1 ? 'slot' : 'slots'}`;
}

function slotLine(slot: Slot): HTMLElement {
  const left = slot.remaining === 0 ? 'sold out' : `${slot.remaining} left`;
  const pax = slot.paxAvailability.flatMap((type) => [
    el('span', { text: [type.name ?? type.type, type.description].filter(Boolean).join(', ') }),
    el('span', { text: `${type.remaining} left, ${type.min} to ${type.max}` }),
    el('span', { text: money(type.price) }),
  ]);
  return el(
    'div',
    { class: slot.remaining === 0 ? 'slot out' : 'slot' },
    el(
      'div',
      { class: 'slot-line' },
      el('b', { text: slot.endTime === slot.startTime ? slot.startTime : `${slot.startTime} to ${slot.endTime}` }),
      el('span', { text: left }),
      el('span', { text: money(slot.price) }),
    ),
    el('div', { class: 'pax' }, ...pax),
  );
}
