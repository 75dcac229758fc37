import type { Api } from './api.js';
import { ChangesPage } from './changes-page.js';
import type { PageName } from './view.js';
import { WebhookActions } from './webhook-actions.js';
import { WebhooksPage } from './webhooks-page.js';

export interface FeedPagesActions {
  /** Null: the experience has none. */
  nameOf(id: number): string | null;
  /** A webhook was changed here. */
  changed(): Promise<void>;
  /** What goes wrong is said. */
  guarded(work: () => Promise<unknown>): void;
}

/** The pages of what changed, and of who is told. */
export class FeedPages {
  readonly webhookActions: WebhookActions;
  private readonly changes: ChangesPage;
  private readonly webhooks: WebhooksPage;

  constructor(api: Api, actions: FeedPagesActions) {
    const guarded = (work: () => Promise<unknown>) => actions.guarded(work);
    this.changes = new ChangesPage(api, (id) => actions.nameOf(id), guarded);
    this.webhookActions = new WebhookActions(api, async () => {
      await Promise.all([this.webhooks.load(), actions.changed()]);
    });
    this.webhooks = new WebhooksPage(api, this.webhookActions, guarded);
  }

  /** From here on changes are collected. */
  begin(): Promise<void> {
    return this.changes.begin();
  }

  async open(page: PageName): Promise<void> {
    if (page === 'changes') await this.changes.read();
    if (page === 'webhooks') await this.webhooks.load();
  }

  /** Writes all times anew. */
  show(): void {
    this.changes.show();
    this.webhooks.show();
  }
}
