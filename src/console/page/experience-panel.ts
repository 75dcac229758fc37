import type { Api } from './api.js';
import type { ExperienceReport } from '../../experience/experience.shape.js';
import type { Calendar } from '../../experience/reads.shape.js';
import type { BackfillReport } from '../../sync/backfill/backfill.shape.js';
import type { DayMap } from '../../sync/monitoring/day-map.shape.js';
import { ask } from './ask.js';
import { calendarMonths, currencyOf } from './calendar-months.js';
import { backfillText } from './day-panel.js';
import { degradedNote } from './degraded-note.js';
import { el, notify } from './dom.js';
import { touched } from './experience-fields.js';
import { clock, relative } from './format.js';
import { askPause } from './pausing.js';
import type { Shown, SidePanel } from './side-panel.js';

/** One experience: its calendar as a buyer sees it, and what an admin may do with it. */
export class ExperiencePanel {
  constructor(
    private readonly api: Api,
    private readonly side: SidePanel,
    private readonly openDay: (id: number, date: string) => void,
    private readonly changed: () => void,
  ) {}

  static key(id: number): string {
    return `experience ${id}`;
  }

  open(id: number): Promise<void> {
    return this.side.open(ExperiencePanel.key(id), () => this.load(id));
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
    const currency = currencyOf(calendar);
    const local = new Date().toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    const state =
      paused === null
        ? 'It syncs.'
        : `Paused ${relative(paused.since)}${paused.by ? ` by ${paused.by}` : ''}` +
          `${paused.reason ? `: “${paused.reason}”` : ''}${paused.until ? `, until ${clock(paused.until)}` : ''}.`;
    return [
      this.actions(experience),
      el('p', { class: 'reason', text: `${state} It is ${local} in ${timeZone}.` }),
      ...degradedNote(calendar),
      el('h3', { text: `As a buyer sees it${currency === undefined ? '' : `, in ${currency}`}` }),
      ...calendarMonths(calendar, map, (date) => this.openDay(id, date)),
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
    return el(
      'div',
      { class: 'actions' },
      button(
        'Fetch all now',
        () => void this.act(id, async () => backfillText(await this.api.post<BackfillReport>(`${base}/refresh`))),
        'primary',
      ),
      paused === null
        ? button('Pause…', () =>
            askPause(`Pause experience ${id}`, (body) => this.act(id, () => this.api.post(`${base}/pause`, body))),
          )
        : button('Resume', () => void this.act(id, () => this.api.post(`${base}/resume`))),
      button('Change…', () =>
        ask(
          {
            title: `Change experience ${id}`,
            fields: [
              { name: 'name', label: 'Name', value: name ?? '' },
              {
                name: 'timeZone',
                label: 'Time zone',
                value: timeZone,
                hint: 'An IANA name like Asia/Singapore. Another zone has other days: they are planned anew.',
              },
            ],
            submit: 'Change',
          },
          (values) => this.act(id, () => this.api.put(base, touched(values, { name: name ?? '', timeZone })), true),
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
              this.changed();
              this.side.close();
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
