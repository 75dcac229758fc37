import type { DeliveryPage, DeliveryReport, WebhookReport } from '../../webhooks/webhook.shape.js';
import type { Api } from './api.js';
import { el } from './dom.js';
import { clock, count, moment, relativeAt } from './format.js';
import type { Shown, SidePanel } from './side-panel.js';
import type { WebhookActions } from './webhook-actions.js';
import { scopeText, webhookText } from './webhook-text.js';

/** One webhook: its settings, and what was sent to it in the last week. */
export class WebhookPanel {
  constructor(
    private readonly api: Api,
    private readonly side: SidePanel,
    private readonly actions: WebhookActions,
  ) {}

  open(id: string): Promise<void> {
    return this.side.open(`webhook ${id}`, 'Webhook', () => this.load(id));
  }

  private async load(id: string): Promise<Shown> {
    try {
      const [webhook, { deliveries }] = await Promise.all([
        this.api.get<WebhookReport>(`/api/v1/webhook/${id}`),
        this.api.get<DeliveryPage>(`/api/v1/webhook/${id}/deliveries?limit=50`),
      ]);
      return { title: webhook.description ?? 'Webhook', content: this.content(webhook, deliveries) };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { title: 'Webhook', content: [el('p', { class: 'reason', text })] };
    }
  }

  private content(webhook: WebhookReport, deliveries: readonly DeliveryReport[]): Node[] {
    const { headline, advice } = webhookText(webhook, Date.now());
    const replay = el('button', {
      type: 'button',
      text: 'Send all again…',
      click: () => this.actions.sendAll(webhook),
    });
    const skip = el('button', { type: 'button', text: 'Go on from now…', click: () => this.actions.skip(webhook) });
    const items = deliveries.map((delivery) => this.delivery(webhook, delivery));
    const empty = el('p', { class: 'soft', text: 'Nothing was sent so far.' });
    return [
      el('p', { class: 'reason', text: advice === null ? headline : `${headline}. ${advice}` }),
      facts(webhook),
      el('div', { class: 'actions' }, replay, skip),
      el('h3', { text: 'Sent in the last week' }),
      items.length === 0 ? empty : el('ul', { class: 'problems deliveries' }, ...items),
    ];
  }

  private delivery(webhook: WebhookReport, delivery: DeliveryReport): HTMLElement {
    const { at, attempt, test, changes, fromCursor, status, error, durationMs } = delivery;
    const what = test ? 'a test' : changes === 1 ? '1 change' : `${count(changes)} changes`;
    const outcome = error ?? `taken (${status ?? ''})`;
    const again = () => this.actions.replay(webhook, fromCursor ?? '', `What was sent at ${moment(at)}`);
    return el(
      'li',
      { class: error === null ? 'delivery' : 'delivery failed' },
      el('span', { text: moment(at), title: clock(at) }),
      el('span', { text: `${what}, attempt ${attempt}, ${count(durationMs)} ms: ${outcome}` }),
      fromCursor !== null &&
        el('button', {
          type: 'button',
          text: 'Send again…',
          'aria-label': `Send again what was sent at ${clock(at)}`,
          click: again,
        }),
    );
  }
}

function facts(webhook: WebhookReport): HTMLElement {
  const { url, createdAt, createdBy, delaySeconds, batchSize, previousSecretUntil: old } = webhook;
  const rows: (readonly [string, string | null])[] = [
    ['URL', url],
    ['Sent', scopeText(webhook)],
    ['Collected for', `${delaySeconds} s`],
    ['Changes in a message', `at most ${count(batchSize)}`],
    ['Last error', webhook.lastError],
    ['Old secret signs until', old === null ? null : moment(old)],
    ['Added', `${relativeAt(createdAt)} by ${createdBy}`],
  ];
  const shown = rows.flatMap(([name, text]) => (text === null ? [] : [el('dt', { text: name }), el('dd', { text })]));
  return el('dl', {}, ...shown);
}
