import type { MapDays } from './map-days.js';
import type { Navigation } from './navigation.js';
import type { Panels } from './panels.js';

export interface FollowUpNeeds {
  readonly days: MapDays;
  readonly panels: Panels;
  readonly navigation: Navigation;
  /** The whole map has come anew. */
  mapLoaded(): void;
  loadAudit(): Promise<void>;
}

/** Looks up what was heard of: in the map, in the open panel, and in the log. */
export class FollowUp {
  private isAuditOutdated = false;

  constructor(private readonly needs: FollowUpNeeds) {}

  /** An experience is another one, or gone. An import sends one event for each product, so it is looked up with the next look. */
  experience(): void {
    this.needs.days.outdate();
    this.isAuditOutdated = true;
  }

  /** Reads the whole map. */
  async loadMap(): Promise<void> {
    await this.needs.days.load();
    this.mapLoaded();
  }

  async look(): Promise<void> {
    const heard = await this.needs.days.look();
    if (heard === 'all') this.mapLoaded();
    else this.refreshPanel(heard);
    if (!this.isAuditOutdated) return;
    this.isAuditOutdated = false;
    await this.needs.loadAudit();
  }

  /** Reads the open panel anew. @param changed if it is about one of these experiences; by default whatever it is about */
  refreshPanel(changed?: ReadonlySet<number>): void {
    const { panels, navigation } = this.needs;
    const { place } = navigation;
    const isOfDays = place?.kind === 'day' || place?.kind === 'experience';
    // Once it is closed, the address follows a moment later.
    if (panels.isOpen && isOfDays && (changed?.has(place.id) ?? true)) panels.show(place);
  }

  /** The webhooks have come anew. */
  refreshWebhook(): void {
    const { panels, navigation } = this.needs;
    if (panels.isOpen && navigation.place?.kind === 'webhook') panels.show(navigation.place);
  }

  private mapLoaded(): void {
    this.needs.mapLoaded();
    this.refreshPanel();
  }
}
