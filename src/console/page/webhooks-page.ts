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
  private loads = 0;

  /** @param guarded what goes wrong is said */
  constructor(
    private readonly api: Api,
    actions: WebhookActions,
    guarded: (work: () => Promise<unknown>) => void,
  ) {
    this.list = new KeyedList(byId('webhooks-list'), (webhook) => new WebhookItem(webhook, actions));
    byId('add-webhook').addEventListener('click', () => actions.add());
    setInterval(() => {
      if (!byId('webhooks').hidden && !document.hidden) guarded(() => this.load());
    }, EVERY_MS);
  }

  async load(): Promise<void> {
    const load = ++this.loads;
    const { webhooks } = await this.api.get<WebhookList>('/api/v1/webhook');
    if (load < this.loads) return;
    this.known = webhooks;
    this.show();
  }

  show(): void {
    say(
      byId('webhooks-empty'),
      this.known.length > 0 ? '' : 'There is no webhook: nobody is called when something changes.',
    );
    this.list.show(this.known.map((webhook) => [webhook.id, webhook]));
  }
}
