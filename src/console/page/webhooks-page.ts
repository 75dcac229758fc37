import type { WebhookList, WebhookWithBacklog } from '../../webhooks/webhook.shape.js';
import type { Api } from './api.js';
import { byId, say } from './dom.js';
import { KeyedList } from './keyed-list.js';
import type { WebhookActions } from './webhook-actions.js';
import { WebhookItem } from './webhook-item.js';

const EVERY_MS = 5_000;

/** Who is called when something changed, how far each is, and what its receiver answered. */
export class WebhooksPage {
  private readonly list: KeyedList<WebhookWithBacklog>;
  private known: readonly WebhookWithBacklog[] = [];
  private loading: Promise<void> | undefined;

  /** @param on `guarded`: what goes wrong is said; `loaded`: they have come anew */
  constructor(
    private readonly api: Api,
    actions: WebhookActions,
    private readonly on: { guarded(work: () => Promise<unknown>): void; loaded(): void },
  ) {
    this.list = new KeyedList(byId('webhooks-list'), (webhook) => new WebhookItem(webhook, actions));
    byId('add-webhook').addEventListener('click', () => actions.add());
    setInterval(() => {
      // How far each is takes the server a while where there are many.
      if (!byId('webhooks').hidden && !document.hidden && !this.loading) on.guarded(() => this.load());
    }, EVERY_MS);
  }

  async load(): Promise<void> {
    const loading = this.read();
    this.loading = loading;
    await loading.finally(() => {
      if (this.loading === loading) this.loading = undefined;
    });
  }

  private async read(): Promise<void> {
    const { loading } = this;
    const { webhooks } = await this.api.get<WebhookList>('/api/v1/webhook');
    // One that was asked for earlier must not come last.
    await loading?.catch(() => undefined);
    this.known = webhooks;
    this.show();
    this.on.loaded();
  }

  show(): void {
    say(
      byId('webhooks-empty'),
      this.known.length > 0 ? '' : 'There is no webhook: nobody is called when something changes.',
    );
    this.list.show(this.known.map((webhook) => [webhook.id, webhook]));
  }
}
