import type { WebhookWithBacklog } from '../../webhooks/webhook.shape.js';
import { ActionButton } from './action-button.js';
import { el, say } from './dom.js';
import { relativeAt } from './format.js';
import type { KeyedItem } from './keyed-list.js';
import { hashOf } from './places.js';
import { MARKS } from './supplier-line.js';
import type { WebhookActions } from './webhook-actions.js';
import { backlogText, scopeText, webhookText } from './webhook-text.js';

/** One webhook: how it stands, what waits, its last error, and what can be done. */
export class WebhookItem implements KeyedItem<WebhookWithBacklog> {
  readonly element: HTMLElement;
  private webhook: WebhookWithBacklog;
  private readonly mark = el('span', { class: 'mark', 'aria-hidden': 'true' });
  private readonly headline = el('b');
  private readonly url = el('a');
  private readonly scope = el('p', { class: 'soft' });
  private readonly delivered = el('p', { class: 'soft' });
  private readonly error = el('p', { class: 'words' });
  private readonly advice = el('p', { class: 'advice' });
  private readonly pause: ActionButton;
  private readonly resume: ActionButton;
  private readonly oldest: ActionButton;
  private readonly skip: ActionButton;

  constructor(webhook: WebhookWithBacklog, actions: WebhookActions) {
    this.webhook = webhook;
    this.pause = new ActionButton('Pause', () => void actions.pause(this.webhook));
    this.resume = new ActionButton('Resume', () => void actions.resume(this.webhook), 'primary');
    this.oldest = new ActionButton('Send all that is kept…', () => actions.sendAll(this.webhook), 'primary');
    this.skip = new ActionButton('Go on from now…', () => actions.skip(this.webhook));
    const buttons = [
      this.pause,
      this.resume,
      this.oldest,
      this.skip,
      new ActionButton('Test', () => void actions.test(this.webhook)),
      new ActionButton('New secret…', () => actions.rotate(this.webhook)),
      new ActionButton('Remove…', () => actions.remove(this.webhook), 'danger'),
    ].map(({ element }) => element);
    for (const button of buttons) button.setAttribute('aria-label', `${button.textContent} (${webhook.url})`);
    const name = el('p', { class: 'supplier-name' }, this.url);
    const state = el('p', { class: 'headline' }, this.mark, this.headline);
    const texts = el('div', { class: 'texts' }, name, state, this.scope, this.delivered, this.error, this.advice);
    this.element = el('li', {}, texts, el('div', { class: 'actions' }, ...buttons));
  }

  fill(webhook: WebhookWithBacklog): void {
    this.webhook = webhook;
    const now = Date.now();
    const isExpired = webhook.backlog === null;
    const { severity, headline, advice } = webhookText(webhook, now, isExpired);
    this.element.className = `supplier webhook ${severity}`;
    say(this.mark, MARKS[severity]);
    say(this.headline, headline);
    say(this.url, webhook.url);
    this.url.setAttribute('href', hashOf({ kind: 'webhook', id: webhook.id }));
    const { description, lastDeliveredAt: last } = webhook;
    say(this.scope, [...(description === null ? [] : [description]), scopeText(webhook)].join(' · '));
    const delivered = last === null ? 'nothing was delivered so far' : `last delivered ${relativeAt(last, now)}`;
    say(this.delivered, `${backlogText(webhook.backlog, now)} · ${delivered}`);
    this.fillOptional(this.error, webhook.lastError);
    this.fillOptional(this.advice, advice);
    this.pause.element.hidden = webhook.state !== 'active';
    // To go on where it was is impossible when that place is lost.
    this.resume.element.hidden = webhook.state === 'active' || isExpired;
    this.oldest.element.hidden = this.skip.element.hidden = !isExpired;
  }

  private fillOptional(box: HTMLElement, text: string | null): void {
    box.hidden = text === null;
    say(box, text ?? '');
  }
}
