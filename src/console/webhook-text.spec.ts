import { describe, expect, it } from '@jest/globals';
import type { WebhookReport } from '../webhooks/webhook.shape.js';
import { moment } from './page/format.js';
import { backlogText, scopeText, webhookText } from './page/webhook-text.js';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const at = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();
const webhook = (part: Partial<WebhookReport> = {}): WebhookReport => ({
  ...{ id: 'x', url: 'https://shop.example/', description: null, experiences: [], kinds: [], leadDays: null },
  ...{ delaySeconds: 0, batchSize: 100, state: 'active', since: at(-3_600), reason: null, cursor: 'c', attempts: 0 },
  ...{ firstFailedAt: null, nextAttemptAt: null, lastError: null, lastDeliveredAt: null, previousSecretUntil: null },
  ...{ createdAt: at(-3_600), createdBy: 'alice', reseller: null },
  ...part,
});

describe('a webhook', () => {
  it('delivers, or says since when it does not, and when it is tried again', () => {
    expect(webhookText(webhook(), NOW)).toMatchObject({ severity: 'good', headline: 'Delivers', advice: null });
    const failing = webhook({
      attempts: 3,
      firstFailedAt: at(-240),
      nextAttemptAt: at(30),
      lastError: 'it answered 500',
    });
    expect(webhookText(failing, NOW)).toMatchObject({
      severity: 'warn',
      headline: `Not taken since ${moment(at(-240), NOW)}: 3 attempts, tried again in 30 s (${moment(at(30), NOW)})`,
    });
  });

  it('is never green when nothing is sent', () => {
    for (const state of ['paused', 'failing', 'disabled'] as const) {
      const { severity, advice } = webhookText(webhook({ state }), NOW);
      expect(severity).not.toBe('good');
      expect(advice).not.toBeNull();
    }
  });

  it('says what it is sent, and what waits', () => {
    expect(scopeText(webhook())).toBe('all changes of all experiences');
    expect(scopeText(webhook({ kinds: ['sold_out', 'price'], experiences: [14, 15], leadDays: 30 }))).toBe(
      'sold out, price of experiences 14, 15, at most 30 days ahead',
    );
    expect(backlogText({ changes: 0, more: false, oldestAt: null }, NOW)).toBe('nothing waits');
    expect(backlogText(null, NOW)).toBe('its place in the change feed has expired');
    expect(backlogText({ changes: 1_000, more: true, oldestAt: at(-240) }, NOW)).toMatch(
      /^more than 1,000 changes wait, the oldest from 4 min ago \(/,
    );
  });
});
