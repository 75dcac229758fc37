import type { Api } from './api.js';
import type { DayDetail } from '../../sync/monitoring/day-detail.shape.js';
import type { BackfillReport } from '../../sync/backfill/backfill.shape.js';
import { el, notify } from './dom.js';
import { clock, dateName, duration, relative, upcoming } from './format.js';
import type { Shown, SidePanel } from './side-panel.js';
import { slotList } from './slot-list.js';

/** One day: what is served of it, how old it is, when it is fetched next, and why. */
export class DayPanel {
  constructor(
    private readonly api: Api,
    private readonly side: SidePanel,
    private readonly openExperience: (id: number) => void,
  ) {}

  static key(id: number, date: string): string {
    return `day ${id} ${date}`;
  }

  open(id: number, date: string): Promise<void> {
    return this.side.open(DayPanel.key(id, date), () => this.load(id, date));
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
      ...slotList(day),
    ];
  }

  private async fetchNow(id: number, date: string, button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    button.textContent = 'Fetching…';
    try {
      const path = `/api/v1/experience/${id}/days/${date}/refresh`;
      notify(backfillText(await this.api.post<BackfillReport>(path, undefined, { prefer: 'wait=15' })));
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
    if (this.side.shown === DayPanel.key(id, date)) await this.open(id, date);
  }
}

const ENDS: Readonly<Record<string, string>> = {
  done: 'Done',
  incomplete: 'Some requests failed',
  paused: 'No request is sent while paused',
  refused: 'The supplier asked us to wait',
  outage: 'The supplier does not answer',
  stopped: 'The server stopped',
  running: 'It goes on; the map shows it',
};

/** What became of an order, in a line. */
export function backfillText({ state, days, confirmed, changed, failed }: BackfillReport): string {
  const failures = failed > 0 ? `, ${failed} failed` : '';
  return `${ENDS[state] ?? state}: ${confirmed} of ${days} fetched, ${changed} changed${failures}.`;
}

function dueText({ due: { at, why, text } }: DayDetail): string {
  if (at === null) return text;
  if (why === 'held') return `Tried again: ${upcoming(at)} (${clock(at)}). ${text}`;
  return `${Date.parse(at) <= Date.now() ? 'Due' : 'Next'}: ${relative(at)} (${clock(at)}). ${text}`;
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
    ['What to do', day.attempts === 0 ? null : day.advice],
    ['Doubted', day.emptySeenAt === null ? null : `the supplier said "empty" ${relative(day.emptySeenAt)}`],
  ];
  const shown = rows.flatMap(([name, value]) =>
    value === null ? [] : [el('dt', { text: name }), el('dd', { text: value })],
  );
  return el('dl', {}, ...shown);
}
