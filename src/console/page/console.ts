import type { Api } from './api.js';
import { askForExperience } from './add-experience.js';
import { Charts, type Range } from './charts.js';
import { DayGrid } from './day-grid.js';
import { DayPanel } from './day-panel.js';
import { byId, notify, valueOf } from './dom.js';
import { ExperiencePanel } from './experience-panel.js';
import { Heatmap } from './heatmap.js';
import { KnownSuppliers } from './known-suppliers.js';
import { showLegend } from './legend.js';
import { auditListing, runsListing } from './listings.js';
import { Live } from './live.js';
import { MapDays } from './map-days.js';
import { Navigation } from './navigation.js';
import { askPause } from './pausing.js';
import type { Place } from './places.js';
import { ProblemActions } from './problem-actions.js';
import { ProblemList } from './problem-list.js';
import { ProductImport } from './product-import.js';
import { ServerSight } from './server-sight.js';
import { SidePanel } from './side-panel.js';
import { showCommon, showFigures } from './state-line.js';
import { SupplierPanel } from './supplier-panel.js';
import { SupplierSection } from './supplier-section.js';
import { SupplierSteering } from './supplier-steering.js';
import { showTip } from './tip.js';
import type { SyncState, SyncStatus } from '../../sync/monitoring/status.shape.js';

const STATUS_EVERY_MS = 15_000;
const CHARTS_EVERY_MS = 30_000;
const DRAW_EVERY_MS = 5_000;
const CHANGES_EVERY_MS = 2_000;

/** The page once the key is known: loads everything, and follows what happens. */
export class Console {
  private readonly grid = new DayGrid();
  private readonly suppliers = new KnownSuppliers();
  private readonly sight = new ServerSight(() => this.drawSuppliers());
  private readonly navigation = new Navigation((place) => this.showPlace(place));
  private readonly side = new SidePanel(() => this.navigation.leave());
  private readonly charts: Charts;
  private readonly runs: ReturnType<typeof runsListing>;
  private readonly audit: ReturnType<typeof auditListing>;
  private readonly days: DayPanel;
  private readonly experiences: ExperiencePanel;
  private readonly map: Heatmap;
  private readonly mapDays: MapDays;
  private readonly supplierPanel: SupplierPanel;
  private readonly productImport: ProductImport;
  private readonly section: SupplierSection;
  private readonly problems: ProblemList;
  /** The whole sync is paused. */
  private paused = false;

  constructor(
    private readonly api: Api,
    private readonly end: (why: string) => void,
  ) {
    this.charts = new Charts(api);
    this.runs = runsListing(api);
    this.audit = auditListing(api);
    this.days = new DayPanel(api, this.side, (id) => this.navigation.go({ kind: 'experience', id }));
    this.experiences = new ExperiencePanel(
      api,
      this.side,
      (id, date) => this.navigation.go({ kind: 'day', id, date }),
      () => this.reload(),
    );
    const steering = new SupplierSteering(api, (state) => {
      this.suppliers.takeOne(state);
      this.drawSuppliers();
      void this.guarded(() => this.audit.load());
    });
    this.section = new SupplierSection(steering);
    this.supplierPanel = new SupplierPanel(this.side, this.suppliers, steering);
    this.productImport = new ProductImport(api, this.side, {
      changed: () => this.reload(),
      addExperience: (supplier) => this.askForExperience(supplier),
    });
    this.problems = new ProblemList(new ProblemActions(api, this.grid, this.suppliers, () => this.reload()));
    this.mapDays = new MapDays(api, this.grid, () => this.map.draw());
    this.map = new Heatmap(byId('map'), this.grid, {
      openDay: ({ experience: { id }, date }) => this.navigation.go({ kind: 'day', id, date }),
      openExperience: ({ id }) => this.navigation.go({ kind: 'experience', id }),
      point: (text, at) => showTip(text, at),
      describe: (text) => (byId('map-text').textContent = text.replace('\n', ': ')),
    });
  }

  start(): void {
    showLegend(byId('legend'));
    this.buttons();
    void this.guarded(() => this.loadAll());
    this.navigation.follow();
    const live = new Live(
      this.api,
      (event, data) => this.hear(event, data),
      (yes) => {
        showLive(yes);
        this.sight.live(yes);
      },
    );
    live.start();
    setInterval(() => void this.guarded(() => this.loadStatus()), STATUS_EVERY_MS);
    setInterval(() => void this.guarded(() => Promise.all([this.charts.load(), this.runs.load()])), CHARTS_EVERY_MS);
    setInterval(() => this.draw(), DRAW_EVERY_MS);
    setInterval(() => void this.guarded(() => this.loadChanges()), CHANGES_EVERY_MS);
  }

  private async loadAll(): Promise<void> {
    await Promise.all([this.loadStatus(), this.loadMap(), this.charts.load(), this.runs.load(), this.audit.load()]);
  }

  private async loadMap(): Promise<void> {
    await this.mapDays.load();
    this.problems.draw();
  }

  private async loadChanges(): Promise<void> {
    const ids = await this.mapDays.loadChanges();
    const [kind, id = '', date] = this.side.shown.split(' ');
    if (kind === 'day' && date !== undefined && ids.includes(Number(id))) await this.days.open(Number(id), date);
  }

  private async loadStatus(): Promise<void> {
    const status = await this.api.get<SyncStatus>('/api/v1/sync/status').catch((error: unknown) => {
      this.sight.failed();
      throw error;
    });
    this.suppliers.takeStatus(status);
    this.paused = status.pauseScope === 'sync';
    this.sight.answered();
    showCommon(status);
    showFigures(status);
    this.problems.show(status);
  }

  private takeState(state: SyncState): void {
    // Its figures have changed with it.
    const isOther = state.suppliers.some(({ name, state: now }) => this.suppliers.find(name)?.state !== now);
    if (isOther) void this.guarded(() => this.loadStatus());
    this.suppliers.takeState(state);
    this.paused = state.pauseScope === 'sync';
    showCommon(state);
    this.drawSuppliers();
  }

  private drawSuppliers(): void {
    this.section.show(this.suppliers.all, this.paused, this.sight);
    this.supplierPanel.update();
  }

  /** Ages grow by themselves. */
  private draw(): void {
    this.map.draw();
    this.drawSuppliers();
    this.problems.draw();
  }

  /** After something was changed here. */
  private reload(): void {
    void this.guarded(() => Promise.all([this.loadStatus(), this.loadMap(), this.audit.load()]));
  }

  private showPlace(place: Place | undefined): void {
    if (!place) this.side.hide();
    else if (place.kind === 'experience') void this.experiences.open(place.id);
    else if (place.kind === 'day') void this.days.open(place.id, place.date);
    else if (place.kind === 'supplier') void this.supplierPanel.open(place.name);
    else void this.productImport.open(place.name);
  }

  private hear(event: string, data: unknown): void {
    this.sight.heard();
    if (event === 'state') this.takeState(data as SyncState);
    else if (event === 'resync') void this.guarded(() => this.loadAll());
    else if (event === 'experience') void this.guarded(() => Promise.all([this.loadMap(), this.audit.load()]));
    else this.mapDays.hear(event, data);
  }

  private buttons(): void {
    byId('pause').addEventListener('click', () =>
      askPause('Pause the sync', async (body) => {
        this.takeState(await this.api.post<SyncState>('/api/v1/sync/pause', body));
        await this.audit.load();
        byId('resume').focus();
      }),
    );
    byId('resume').addEventListener('click', () => {
      void this.guarded(async () => {
        this.takeState(await this.api.post<SyncState>('/api/v1/sync/resume'));
        await this.audit.load();
        byId('pause').focus();
      });
    });
    byId('forget').addEventListener('click', () => this.end(''));
    for (const id of ['filter', 'supplier-filter']) {
      byId(id).addEventListener('input', () => {
        this.grid.show(valueOf('filter'), valueOf('supplier-filter'));
        this.map.draw();
      });
    }
    byId('add').addEventListener('click', () => this.askForExperience());
    for (const range of ['hour', 'day'] as const) {
      byId(`range-${range}`).addEventListener('click', () => void this.guarded(() => this.showRange(range)));
    }
  }

  /** @param first the supplier that is offered first */
  private askForExperience(first = valueOf('supplier-filter')): void {
    const names = this.suppliers.all.map(({ name }) => name);
    const offered = [...names.filter((name) => name === first), ...names.filter((name) => name !== first)];
    askForExperience(this.api, offered, {
      added: () => this.reload(),
      existing: (id) => this.navigation.go({ kind: 'experience', id }),
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
