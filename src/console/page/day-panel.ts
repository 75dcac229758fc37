import type { Api } from './api.js';
import type { DayDetail } from '../../sync/monitoring/day-detail.shape.js';
import type { BackfillReport } from '../../sync/backfill/backfill.shape.js';
import { ActionButton } from './action-button.js';
import { backfillText } from './backfill-text.js';
import { dayFacts, dueText } from './day-facts.js';
import { el, notify } from './dom.js';
import { whyNotNow, type FetchContext } from './fetch-context.js';
import { addDays, dateName } from './format.js';
import { hashOf } from './places.js';
import type { Shown, SidePanel } from './side-panel.js';
import { slotList } from './slot-list.js';

/** One day: what is served of it, how old it is, when it is fetched next, and why. */
export class DayPanel {
  private day: DayDetail | undefined;
  private button: ActionButton | undefined;
  /** The day that is being fetched, by its key. */
  private fetching: string | undefined;

  constructor(
    private readonly api: Api,
    private readonly side: SidePanel,
    private readonly context: FetchContext,
  ) {}

  open(id: number, date: string): Promise<void> {
    return this.side.open(keyOf(id, date), this.titleOf(id, date), () => this.load(id, date));
  }

  /** What can be done may have changed. */
  update(): void {
    const { day } = this;
    if (day && this.side.shown === keyOf(day.experienceId, day.date)) this.fill(day);
  }

  private titleOf(id: number, date: string): string {
    const name = this.context.grid.find(id)?.name;
    return `${id}${name == null ? '' : ` ${name}`}, ${dateName(date)}`;
  }

  private async load(id: number, date: string): Promise<Shown> {
    const title = this.titleOf(id, date);
    try {
      return { title, content: this.content(await this.api.get<DayDetail>(`/api/v1/sync/days/${id}/${date}`)) };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { title, content: [this.ways(id, date), el('p', { class: 'reason', text })] };
    }
  }

  private content(day: DayDetail): Node[] {
    const { experienceId: id, date } = day;
    this.day = day;
    this.button = new ActionButton('Fetch now', () => void this.fetchNow(id, date), 'primary');
    this.fill(day);
    const raw = `/api/v1/experience/${id}/slots?date=${date}`;
    const rawLink = el('a', { href: raw, target: '_blank', rel: 'noreferrer', text: 'Raw answer' });
    return [
      this.ways(id, date),
      el('div', { class: 'actions' }, this.button.element, rawLink),
      el('p', { class: 'reason' }, dueText(day)),
      dayFacts(day),
      ...slotList(day),
    ];
  }

  /** To the days before and after, and to the experience. */
  private ways(id: number, date: string): HTMLElement {
    const to = (day: string) => hashOf({ kind: 'day', id, date: day });
    const from = this.context.grid.find(id)?.from;
    const isFirst = from !== undefined && date <= from;
    return el(
      'p',
      { class: 'day-ways' },
      !isFirst && el('a', { href: to(addDays(date, -1)), text: '‹ Previous day' }),
      el('a', { href: hashOf({ kind: 'experience', id }), text: 'Experience' }),
      el('a', { href: to(addDays(date, 1)), text: 'Next day ›' }),
    );
  }

  private fill({ experienceId, date, promiseSeconds }: DayDetail): void {
    const past = promiseSeconds === null ? 'Its date is past, or beyond what is mirrored.' : null;
    const isFetching = this.fetching === keyOf(experienceId, date);
    this.button?.unless(isFetching ? 'It is being fetched.' : (past ?? whyNotNow(this.context, experienceId)));
  }

  private async fetchNow(id: number, date: string): Promise<void> {
    const { button } = this;
    this.fetching = keyOf(id, date);
    if (button) button.element.textContent = 'Fetching…';
    this.update();
    try {
      const path = `/api/v1/experience/${id}/days/${date}/refresh`;
      notify(backfillText(await this.api.post<BackfillReport>(path, undefined, { prefer: 'wait=15' })));
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
    }
    if (this.fetching === keyOf(id, date)) this.fetching = undefined;
    if (this.side.shown === keyOf(id, date)) await this.open(id, date);
  }
}

function keyOf(id: number, date: string): string {
  return `day ${id} ${date}`;
}
