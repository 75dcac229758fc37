import { AccuracyPage } from './accuracy-page.js';
import type { Api } from './api.js';
import { ChangesPage } from './changes-page.js';
import type { Period, View } from './view.js';
import { WebhookActions } from './webhook-actions.js';
import { WebhooksPage } from './webhooks-page.js';

export interface FeedPagesActions {
  /** Null: the experience has none. */
  nameOf(id: number): string | null;
  /** The webhooks have come anew. */
  loaded(): void;
  /** A webhook was changed here. */
  changed(): Promise<void>;
  /** Another period of the accuracy was chosen. */
  choose(period: Period): void;
  /** What goes wrong is said. */
  guarded(work: () => Promise<unknown>): void;
}

/** The pages beside the overview: what changed, who is told, and how many readers saw the truth. */
export class FeedPages {
  readonly webhookActions: WebhookActions;
  private readonly changes: ChangesPage;
  private readonly webhooks: WebhooksPage;
  private readonly accuracy: AccuracyPage;

  constructor(api: Api, actions: FeedPagesActions) {
    const guarded = (work: () => Promise<unknown>) => actions.guarded(work);
    this.changes = new ChangesPage(api, (id) => actions.nameOf(id), guarded);
    this.webhookActions = new WebhookActions(api, async () => {
      await Promise.all([this.webhooks.load(), actions.changed()]);
    });
    const loaded = () => actions.loaded();
    this.webhooks = new WebhooksPage(api, this.webhookActions, { guarded, loaded });
    this.accuracy = new AccuracyPage(api, guarded, (period) => actions.choose(period));
  }

  /** From here on changes are collected. */
  begin(): Promise<void> {
    return this.changes.begin();
  }

  async open({ page, period }: Pick<View, 'page' | 'period'>): Promise<void> {
    if (page === 'accuracy') await this.accuracy.load(period);
    if (page === 'changes') await this.changes.read();
    if (page === 'webhooks') await this.webhooks.load();
  }

  /** Writes all times anew. */
  show(): void {
    this.changes.show();
    this.webhooks.show();
    this.accuracy.show();
  }
}
