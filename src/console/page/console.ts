import type { Api } from './api.js';
import type { DayMap } from '../../sync/monitoring/day-map.shape.js';
import { ask } from './ask.js';
import { Charts, type Range } from './charts.js';
import { DayGrid } from './day-grid.js';
import { DayPanel } from './day-panel.js';
import { byId, inputById, notify } from './dom.js';
import { bodyOf, ExperiencePanel } from './experience-panel.js';
import { Heatmap } from './heatmap.js';
import { showLegend } from './legend.js';
import { auditListing, runsListing } from './listings.js';
import { Live } from './live.js';
import { askPause } from './pausing.js';
import { SidePanel } from './side-panel.js';
import { showFigures, showState } from './state-line.js';
import type { SyncState, SyncStatus } from '../../sync/monitoring/status.shape.js';
import { Troubles } from './troubles.js';

const STATUS_EVERY_MS = 15_000;
const CHARTS_EVERY_MS = 30_000;
/** Ages grow by themselves. */
const DRAW_EVERY_MS = 5_000;
const CHANGES_EVERY_MS = 2_000;
/** So many experiences are looked up one by one; beyond that the whole map is read again. */
const FEW = 5;

/** The page once the key is known: loads everything, and follows what happens. */
export class Console {
  private readonly grid = new DayGrid();
  private readonly side = new SidePanel();
  private readonly charts: Charts;
  private readonly runs: ReturnType<typeof runsListing>;
  private readonly audit: ReturnType<typeof auditListing>;
  private readonly days: DayPanel;
  private readonly experiences: ExperiencePanel;
  private readonly map: Heatmap;
  private readonly troubles: Troubles;
  /** Experiences of which a day was recorded since they were looked up. */
  private readonly changed = new Set<number>();
  /** How often the whole map was asked for. */
  private loads = 0;

  constructor(
    private readonly api: Api,
    private readonly end: (why: string) => void,
  ) {
    this.charts = new Charts(api);
    this.runs = runsListing(api);
    this.audit = auditListing(api);
    this.days = new DayPanel(api, this.side, (id) => void this.experiences.open(id));
    this.experiences = new ExperiencePanel(
      api,
      this.side,
      (id, date) => void this.days.open(id, date),
      () => void this.guarded(() => Promise.all([this.loadMap(), this.audit.load()])),
    );
    this.troubles = new Troubles({
      nameOf: (id) => this.grid.find(id)?.name ?? null,
      open: (id, back) => void this.experiences.open(id, back),
    });
    this.map = new Heatmap(byId('map'), this.grid, {
      openDay: ({ experience, date }) => void this.days.open(experience.id, date, () => byId('map').focus()),
      openExperience: ({ id }) => void this.experiences.open(id, () => byId('map').focus()),
      point: (text, at) => showTip(text, at),
      describe: (text) => (byId('map-text').textContent = text.replace('\n', ': ')),
    });
  }

  start(): void {
    showLegend(byId('legend'));
    this.buttons();
    void this.guarded(() => this.loadAll());
    const live = new Live(
      this.api,
      (event, data) => this.hear(event, data),
      (yes) => showLive(yes),
    );
    live.start();
    setInterval(() => void this.guarded(() => this.loadStatus()), STATUS_EVERY_MS);
    setInterval(() => void this.guarded(() => Promise.all([this.charts.load(), this.runs.load()])), CHARTS_EVERY_MS);
    setInterval(() => this.map.draw(), DRAW_EVERY_MS);
    setInterval(() => void this.guarded(() => this.loadChanges()), CHANGES_EVERY_MS);
  }

  private async loadAll(): Promise<void> {
    await Promise.all([this.loadStatus(), this.loadMap(), this.charts.load(), this.runs.load(), this.audit.load()]);
  }

  private async loadStatus(): Promise<void> {
    const status = await this.api.get<SyncStatus>('/api/v1/sync/status');
    showState(status);
    showFigures(status);
    this.troubles.show(status);
  }

  private async loadMap(): Promise<void> {
    const load = ++this.loads;
    const parts: DayMap[] = [];
    for (let after: number | null = 0; after !== null;) {
      const part: DayMap = await this.api.get(`/api/v1/sync/days${after === 0 ? '' : `?after=${after}`}`);
      parts.push(part);
      after = part.nextAfter;
    }
    // One that was begun later knows more, and may have come before.
    if (load < this.loads) return;
    this.grid.load(parts);
    this.changed.clear();
    this.map.draw();
    this.troubles.draw();
  }

  private async loadChanges(): Promise<void> {
    if (this.changed.size === 0) return;
    const ids = [...this.changed];
    this.changed.clear();
    if (ids.length > FEW) {
      await this.loadMap();
      return;
    }
    for (const id of ids) {
      const part = await this.api.get<DayMap>(`/api/v1/sync/days?limit=1${id > 1 ? `&after=${id - 1}` : ''}`);
      this.grid.replace(part);
    }
    this.map.draw();
    const [kind, id = '', date] = this.side.shown.split(' ');
    if (kind === 'day' && date !== undefined && ids.includes(Number(id))) await this.days.open(Number(id), date);
  }

  private hear(event: string, data: unknown): void {
    if (event === 'state') showState(data as SyncState);
    else if (event === 'resync') void this.guarded(() => this.loadAll());
    else if (event === 'experience') void this.guarded(() => Promise.all([this.loadMap(), this.audit.load()]));
    else if (event === 'day') {
      const { experienceId, date, asOf } = data as { experienceId: number; date: string; asOf: string };
      this.grid.confirmed(experienceId, date, asOf);
      this.changed.add(experienceId);
      this.map.draw();
    } else if (event === 'lease') {
      const { experienceId, date, until, failing } = data as {
        experienceId: number;
        date: string;
        until: string | null;
        failing: boolean;
      };
      this.grid.leased(experienceId, date, until, failing);
      this.map.draw();
    }
  }

  private buttons(): void {
    byId('pause').addEventListener('click', () =>
      askPause('Pause the sync', async (body) => {
        showState(await this.api.post<SyncState>('/api/v1/sync/pause', body));
        await this.audit.load();
        byId('resume').focus();
      }),
    );
    byId('resume').addEventListener('click', () => {
      void this.guarded(async () => {
        showState(await this.api.post<SyncState>('/api/v1/sync/resume'));
        await this.audit.load();
        byId('pause').focus();
      });
    });
    byId('forget').addEventListener('click', () => this.end(''));
    inputById('filter').addEventListener('input', () => {
      this.grid.show(inputById('filter').value);
      this.map.draw();
    });
    byId('add').addEventListener('click', () => this.askForExperience());
    for (const range of ['hour', 'day'] as const) {
      byId(`range-${range}`).addEventListener('click', () => void this.guarded(() => this.showRange(range)));
    }
  }

  private askForExperience(): void {
    const fields = [
      { name: 'id', label: 'Id', hint: 'The supplier’s product id.', required: true },
      { name: 'name', label: 'Name (optional)' },
      { name: 'timeZone', label: 'Time zone (optional)', hint: 'An IANA name; without it the default one.' },
    ];
    ask({ title: 'Add an experience', fields, submit: 'Add' }, async ({ id = '', ...values }) => {
      await this.api.put(`/api/v1/experience/${encodeURIComponent(id.trim())}`, bodyOf(values));
      notify(`Experience ${id} is mirrored from now on.`);
      void this.guarded(() => Promise.all([this.loadMap(), this.audit.load()]));
    });
  }

  private async showRange(range: Range): Promise<void> {
    for (const other of ['hour', 'day']) byId(`range-${other}`).setAttribute('aria-pressed', String(other === range));
    await this.charts.load(range);
  }

  /** What goes wrong is told, and tried again by whatever comes next; a key that is no longer one ends the page. */
  private async guarded(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { status } = error as { status?: number };
      if (status === 401 || status === 403) this.end('The key is not valid any more.');
      else notify(error instanceof Error ? error.message : String(error));
    }
  }
}

function showLive(yes: boolean): void {
  const box = byId('live');
  box.className = yes ? 'live on' : 'live off';
  box.textContent = yes ? 'live' : 'connection lost, trying again';
}

function showTip(text: string | undefined, { x, y }: { x: number; y: number }): void {
  const tip = byId('tip');
  tip.hidden = text === undefined;
  if (text === undefined) return;
  tip.textContent = text;
  const { offsetWidth: width, offsetHeight: height } = tip;
  tip.style.left = `${Math.max(8, Math.min(x + 14, window.innerWidth - width - 8))}px`;
  tip.style.top = `${y + 18 + height > window.innerHeight ? y - height - 10 : y + 18}px`;
}
