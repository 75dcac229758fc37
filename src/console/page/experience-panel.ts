import type { Api } from './api.js';
import type { ExperienceReport } from '../../experience/experience.shape.js';
import type { Calendar } from '../../experience/reads.shape.js';
import type { BackfillReport } from '../../sync/backfill/backfill.shape.js';
import type { DayMap } from '../../sync/monitoring/day-map.shape.js';
import { ActionButton } from './action-button.js';
import { ask } from './ask.js';
import { calendarMonths, currencyOf } from './calendar-months.js';
import { backfillText } from './backfill-text.js';
import type { Backfills } from './backfills.js';
import { degradedNote } from './degraded-note.js';
import { el, notify } from './dom.js';
import { touched } from './experience-fields.js';
import { whyNotNow, type FetchContext } from './fetch-context.js';
import { moment, relative } from './format.js';
import { KeyedList } from './keyed-list.js';
import { askPause } from './pausing.js';
import type { Shown, SidePanel } from './side-panel.js';

/** One experience: its calendar as a buyer sees it, and what an admin may do with it. */
export class ExperiencePanel {
  private id = 0;
  private paused: string | null = null;
  private fetch: ActionButton | undefined;
  private progress: KeyedList<BackfillReport> | undefined;

  constructor(
    private readonly api: Api,
    private readonly side: SidePanel,
    private readonly context: FetchContext,
    private readonly backfills: Backfills,
    private readonly changed: () => void,
  ) {}

  static key(id: number): string {
    return `experience ${id}`;
  }

  open(id: number): Promise<void> {
    const name = this.context.grid.find(id)?.name;
    return this.side.open(ExperiencePanel.key(id), name == null ? String(id) : `${id}, ${name}`, () => this.load(id));
  }

  /** What can be done may have changed. */
  update(): void {
    if (this.side.shown !== ExperiencePanel.key(this.id)) return;
    const [last] = this.backfills.of(this.id);
    this.progress?.show(last ? [[last.id, last]] : []);
    const running = last?.state === 'running' ? 'Its days are being fetched.' : null;
    this.fetch?.unless(running ?? this.paused ?? whyNotNow(this.context, this.id));
  }

  private async load(id: number): Promise<Shown> {
    try {
      const [experience, map, calendar] = await Promise.all([
        this.api.get<ExperienceReport>(`/api/v1/experience/${id}`),
        this.api.get<DayMap>(`/api/v1/sync/days?limit=1${id > 1 ? `&after=${id - 1}` : ''}`),
        this.api.get<Calendar>(`/api/v1/experience/${id}/dates`),
      ]);
      const title = experience.name === null ? String(id) : `${id}, ${experience.name}`;
      return { title, content: this.content(experience, calendar, map) };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { title: String(id), content: [el('p', { class: 'reason', text })] };
    }
  }

  private content(experience: ExperienceReport, calendar: Calendar, map: DayMap): Node[] {
    const { id, paused, timeZone } = experience;
    this.id = id;
    this.paused = paused === null ? null : `Experience ${id} is paused: resume it.`;
    const currency = currencyOf(calendar);
    const local = new Date().toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    const state =
      paused === null
        ? 'It syncs.'
        : `Paused ${relative(paused.since)}${paused.by ? ` by ${paused.by}` : ''}` +
          `${paused.reason ? `: “${paused.reason}”` : ''}${paused.until ? `, until ${moment(paused.until)}` : ''}.`;
    const progress = el('ul', { class: 'problems' });
    this.progress = new KeyedList(progress, () => this.backfills.item());
    const actions = this.actions(experience);
    return [
      actions,
      progress,
      el('p', { class: 'reason', text: `${state} It is ${local} in ${timeZone}.` }),
      ...degradedNote(calendar),
      el('h3', { text: `As a buyer sees it${currency === undefined ? '' : `, in ${currency}`}` }),
      ...calendarMonths(calendar, map),
      el(
        'p',
        { class: 'hint' },
        `Oldest of these dates: ${calendar.asOf === null ? 'never fetched' : relative(calendar.asOf)}. `,
      ),
      el('a', { href: `/api/v1/experience/${id}/dates`, target: '_blank', rel: 'noreferrer', text: 'Raw answer' }),
    ];
  }

  private actions({ id, name, timeZone, paused }: ExperienceReport): HTMLElement {
    const base = `/api/v1/experience/${id}`;
    const button = (text: string, click: () => void, className = '') =>
      el('button', { type: 'button', text, click, class: className });
    const fetch = async () => {
      const text = backfillText(await this.api.post<BackfillReport>(`${base}/refresh`));
      await this.backfills.load();
      return text;
    };
    this.fetch = new ActionButton('Fetch all now', () => void this.act(id, fetch), 'primary');
    this.update();
    return el(
      'div',
      { class: 'actions' },
      this.fetch.element,
      paused === null
        ? button('Pause…', () =>
            askPause(`Pause experience ${id}`, (body) =>
              this.act(id, () => this.api.post(`${base}/pause`, body), true),
            ),
          )
        : button('Resume', () => void this.act(id, () => this.api.post(`${base}/resume`))),
      button('Change…', () =>
        ask(
          {
            title: `Change experience ${id}`,
            fields: [
              { name: 'name', label: 'Name', value: name ?? '', limits: { maxlength: 200 } },
              {
                name: 'timeZone',
                label: 'Time zone',
                value: timeZone,
                hint: 'An IANA name like Asia/Singapore. Another zone has other days: they are planned anew.',
              },
            ],
            submit: 'Change',
          },
          (values) => this.act(id, () => this.api.patch(base, touched(values, { name: name ?? '', timeZone })), true),
        ),
      ),
      button(
        'Remove…',
        () =>
          ask(
            {
              title: `Remove experience ${id}?`,
              text: 'It is mirrored and served no more, and what is known of it is deleted. Adding it again begins anew.',
              submit: 'Remove',
              danger: true,
            },
            async () => {
              await this.api.delete(base);
              notify(`Experience ${id} was removed.`);
              this.side.close();
              this.changed();
            },
          ),
        'danger',
      ),
    );
  }

  /** @param strict what goes wrong is for the caller to tell */
  private async act(id: number, work: () => Promise<unknown>, strict = false): Promise<void> {
    try {
      const said = await work();
      notify(typeof said === 'string' ? said : 'Done.');
    } catch (error) {
      if (strict) throw error;
      notify(error instanceof Error ? error.message : String(error));
    }
    this.changed();
    if (this.side.shown === ExperiencePanel.key(id)) await this.open(id);
  }
}
