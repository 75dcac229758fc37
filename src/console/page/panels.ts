import type { Api } from './api.js';
import type { Backfills } from './backfills.js';
import { DayPanel } from './day-panel.js';
import { ExperiencePanel } from './experience-panel.js';
import type { FetchContext } from './fetch-context.js';
import type { Place } from './places.js';
import { ProductImport } from './product-import.js';
import { SidePanel } from './side-panel.js';
import { SupplierPanel } from './supplier-panel.js';
import type { SupplierSteering } from './supplier-steering.js';
import type { WebhookActions } from './webhook-actions.js';
import { WebhookPanel } from './webhook-panel.js';

export interface PanelActions {
  readonly steering: SupplierSteering;
  readonly webhooks: WebhookActions;
  /** The panel was closed by whoever reads it. */
  closed(): void;
  /** Something was changed there. */
  changed(): void;
  addExperience(supplier: string): void;
}

/** What the panel at the side can show. */
export class Panels {
  private readonly side: SidePanel;
  private readonly days: DayPanel;
  private readonly experiences: ExperiencePanel;
  private readonly suppliers: SupplierPanel;
  private readonly products: ProductImport;
  private readonly webhooks: WebhookPanel;

  constructor(api: Api, context: FetchContext, backfills: Backfills, actions: PanelActions) {
    this.side = new SidePanel(() => actions.closed());
    this.days = new DayPanel(api, this.side, context);
    this.experiences = new ExperiencePanel(api, this.side, context, backfills, () => actions.changed());
    this.suppliers = new SupplierPanel(this.side, context.suppliers, actions.steering);
    this.webhooks = new WebhookPanel(api, this.side, actions.webhooks);
    this.products = new ProductImport(api, this.side, {
      changed: () => actions.changed(),
      addExperience: (supplier) => actions.addExperience(supplier),
    });
  }

  show(place: Place | undefined): void {
    switch (place?.kind) {
      case 'experience':
        return void this.experiences.open(place.id);
      case 'day':
        return void this.days.open(place.id, place.date);
      case 'supplier':
        return void this.suppliers.open(place.name);
      case 'products':
        return void this.products.open(place.name);
      case 'webhook':
        return void this.webhooks.open(place.id);
      case 'problem':
      case undefined:
        return this.side.hide();
    }
  }

  get isOpen(): boolean {
    return this.side.shown !== '';
  }

  /** Figures have come anew, or time has gone by. */
  update(): void {
    this.suppliers.update();
    this.days.update();
    this.experiences.update();
  }
}
