import type { Api } from './api.js';
import { askForExperience } from './add-experience.js';
import { Backfills } from './backfills.js';
import { Charts } from './charts.js';
import { byId, notify } from './dom.js';
import { followBar, keepInSight, rectOf } from './drawer-layout.js';
import { FeedPages } from './feed-pages.js';
import { FollowUp } from './follow-up.js';
import { KnownSuppliers } from './known-suppliers.js';
import { auditListing, runsListing } from './listings.js';
import { Live } from './live.js';
import { MapSection } from './map-section.js';
import { Navigation } from './navigation.js';
import { PageSwitch } from './page-switch.js';
import { Panels } from './panels.js';
import type { Place } from './places.js';
import { ProblemActions } from './problem-actions.js';
import { ProblemList } from './problem-list.js';
import { ServerSight } from './server-sight.js';
import { showCommon, showFigures, showLive, showStopped } from './state-line.js';
import { SupplierSection } from './supplier-section.js';
import { SupplierSteering } from './supplier-steering.js';
import { RANGES, type View } from './view.js';
import { WholeSync } from './whole-sync.js';
import { choosePageZone } from './zone.js';
import { ZoneChoice } from './zone-choice.js';
import type { SyncState, SyncStatus } from '../../sync/monitoring/status.shape.js';

const STATUS_EVERY_MS = 15_000;
const CHARTS_EVERY_MS = 30_000;
const DRAW_EVERY_MS = 5_000;
const CHANGES_EVERY_MS = 2_000;

/** The page once the key is known: loads everything, and follows what happens. */
export class Console {
  private readonly suppliers = new KnownSuppliers();
  private readonly sight = new ServerSight(() => this.drawSuppliers());
  private readonly navigation = new Navigation(this);
  private readonly zone = new ZoneChoice((zone) => this.navigation.change({ zone }));
  private readonly pages = new PageSwitch(
    (page) => this.navigation.change({ page }),
    (view) => void this.guarded(() => this.feed.open(view)),
  );
  private readonly backfills: Backfills;
  private readonly charts: Charts;
  private readonly runs: ReturnType<typeof runsListing>;
  private readonly audit: ReturnType<typeof auditListing>;
  private readonly map: MapSection;
  private readonly feed: FeedPages;
  private readonly panels: Panels;
  private readonly section: SupplierSection;
  private readonly problems: ProblemList;
  private readonly followUp: FollowUp;
  /** The whole sync is paused. */
  private paused = false;

  constructor(
    private readonly api: Api,
    private readonly end: (why: string) => void,
  ) {
    this.backfills = new Backfills(
      api,
      () => this.panels.update(),
      () => this.reload(),
    );
    this.charts = new Charts(api);
    this.runs = runsListing(api);
    this.audit = auditListing(api);
    this.map = new MapSection(api, {
      openDay: (id, date) => this.navigation.go({ kind: 'day', id, date }),
      openExperience: (id) => this.navigation.go({ kind: 'experience', id }),
      filtered: (filter, isTyped) => this.navigation.change(filter, isTyped),
    });
    const { grid } = this.map;
    const steering = new SupplierSteering(api, (state) => {
      this.suppliers.takeOne(state);
      this.drawSuppliers();
      void this.guarded(() => this.audit.load());
    });
    this.section = new SupplierSection(steering);
    this.feed = new FeedPages(api, {
      nameOf: (id) => grid.find(id)?.name ?? null,
      guarded: (work) => void this.guarded(work),
      choose: (period) => this.navigation.change({ period }),
      loaded: () => this.followUp.refreshWebhook(),
      changed: () => this.audit.load(),
    });
    this.panels = new Panels(api, { grid, suppliers: this.suppliers }, this.backfills, {
      steering,
      webhooks: this.feed.webhookActions,
      closed: () => this.navigation.leave(),
      changed: () => this.reload(),
      addExperience: (supplier) => this.askForExperience(supplier),
    });
    const { panels, navigation } = this;
    this.followUp = new FollowUp({
      ...{ days: this.map.days, panels, navigation },
      mapLoaded: () => {
        this.zone.offer(this.map.grid.zones);
        this.problems.draw();
      },
      loadAudit: () => this.audit.load(),
    });
    this.problems = new ProblemList(new ProblemActions(api, grid, this.suppliers, () => this.reload()));
  }

  start(): void {
    followBar();
    this.buttons();
    this.navigation.follow();
    void this.guarded(() => Promise.all([this.feed.begin(), this.loadAll()]));
    const live = new Live(
      this.api,
      (event, data) => this.hear(event, data),
      (yes) => {
        showLive(yes);
        this.sight.live(yes);
      },
    );
    live.start();
    const status = () => Promise.all([this.loadStatus(), this.backfills.load()]);
    setInterval(() => void this.guarded(status), STATUS_EVERY_MS);
    setInterval(() => void this.guarded(() => Promise.all([this.charts.load(), this.runs.load()])), CHARTS_EVERY_MS);
    setInterval(() => this.draw(), DRAW_EVERY_MS);
    setInterval(() => void this.guarded(() => this.followUp.look()), CHANGES_EVERY_MS);
  }

  showPlace(place: Place | undefined): void {
    const opener = document.activeElement;
    this.panels.show(place);
    if (place?.kind === 'problem') this.problems.reveal(place.supplier, place.cause);
    if (place?.kind === 'day') this.map.reveal(place.id, place.date);
    else if (place?.kind === 'experience') this.map.reveal(place.id);
    else this.map.unmark();
    if (place && place.kind !== 'problem') keepInSight(opener === byId('map') ? this.map.markedRect() : rectOf(opener));
  }

  showView(view: View): void {
    if (choosePageZone(view.zone)) this.drawAll();
    this.zone.show(view.zone);
    this.pages.show(view);
    this.map.show(view);
    for (const range of RANGES) byId(`range-${range}`).setAttribute('aria-pressed', String(range === view.range));
    if (this.charts.range !== view.range) void this.guarded(() => this.charts.load(view.range));
  }

  private async loadAll(): Promise<void> {
    const { charts, runs, audit, backfills } = this;
    await Promise.all([
      this.loadStatus(),
      this.followUp.loadMap(),
      ...[charts, runs, audit, backfills].map((part) => part.load()),
    ]);
  }

  private async loadStatus(): Promise<void> {
    const status = await this.api.get<SyncStatus>('/api/v1/sync/status').catch((error: unknown) => {
      this.sight.failed();
      throw error;
    });
    this.suppliers.takeStatus(status);
    this.paused = status.pauseScope === 'sync';
    // Without its database the server answers what it knew last.
    this.sight.answered(status.state === 'not_recording' ? Date.parse(status.asOf) : undefined);
    showCommon(status);
    showStopped(status.webhooks);
    showFigures(status);
    this.problems.show(status);
    this.map.offer(this.suppliers.namesFrom(''));
  }

  private async takeState(state: SyncState): Promise<void> {
    // Its figures have changed with it.
    const isOther = state.suppliers.some(({ name, state: now }) => this.suppliers.find(name)?.state !== now);
    this.suppliers.takeState(state);
    this.paused = state.pauseScope === 'sync';
    showCommon(state);
    this.drawSuppliers();
    if (isOther) await this.loadStatus();
  }

  private drawSuppliers(): void {
    this.section.show(this.suppliers.all, this.paused, this.sight);
    this.panels.update();
  }

  /** Ages grow by themselves. */
  private draw(): void {
    this.map.draw();
    this.drawSuppliers();
    this.problems.draw();
  }

  /** All times are written anew. */
  private drawAll(): void {
    this.draw();
    this.charts.show();
    this.runs.show();
    this.audit.show();
    this.feed.show();
    this.followUp.refreshWebhook();
    this.followUp.refreshPanel();
  }

  /** After something was changed here. */
  private reload(): void {
    void this.guarded(() => Promise.all([this.loadStatus(), this.followUp.loadMap(), this.audit.load()]));
  }

  private hear(event: string, data: unknown): void {
    this.sight.heard();
    if (event === 'state') void this.guarded(() => this.takeState(data as SyncState));
    else if (event === 'resync') void this.guarded(() => this.loadAll());
    else if (event === 'experience') this.followUp.experience();
    else this.map.days.hear(event, data);
  }

  private buttons(): void {
    const took = async (state: SyncState) => {
      await this.takeState(state);
      await this.audit.load();
    };
    new WholeSync(this.api, took, (work) => void this.guarded(work));
    byId('forget').addEventListener('click', () => this.end(''));
    byId('add').addEventListener('click', () => this.askForExperience());
    for (const range of RANGES)
      byId(`range-${range}`).addEventListener('click', () => this.navigation.change({ range }));
  }

  /** @param first the supplier that is offered first */
  private askForExperience(first = this.navigation.view.supplier): void {
    askForExperience(this.api, this.suppliers.namesFrom(first), {
      added: () => this.reload(),
      existing: (id) => this.navigation.go({ kind: 'experience', id }),
    });
  }

  /** What goes wrong is said, and tried again by whatever comes next; a key that is no longer one ends the page. */
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
