import { parseFeedCursor, type Position } from '../changes/index.js';
import type { WEBHOOK_STATES, WebhookReport } from './webhook.shape.js';

export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** What an admin decides of a webhook. */
export interface WebhookSettings {
  readonly url: string;
  readonly description: string | null;
  readonly experienceIds: number[];
  readonly kinds: string[];
  readonly leadDays: number | null;
  readonly delayMs: number;
  readonly batchSize: number;
}

/** A row of the table. */
export interface StoredWebhook extends WebhookSettings {
  readonly id: string;
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousSecretUntil: Date | null;
  readonly state: string;
  readonly since: Date;
  readonly reason: string | null;
  readonly cursor: string;
  /** Rises when an admin changes it: whoever sends begins again from the row. */
  readonly revision: number;
  readonly attempts: number;
  readonly firstFailedAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly lastError: string | null;
  readonly lastDeliveredAt: Date | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Who subscribed by OCTO, and is sent OCTO's messages; null: an admin made it. */
  readonly reseller: string | null;
  /** Raw pairs that a reseller is sent with each message. */
  readonly headers: string[];
}

export const DEFAULT_SETTINGS: Omit<WebhookSettings, 'url'> = {
  ...{ description: null, experienceIds: [], kinds: [], leadDays: null, delayMs: 0, batchSize: 100 },
};

/** What is stored is always a place in the feed, and never where to begin. */
export function storedPosition(cursor: string): Position {
  const position = parseFeedCursor(cursor);
  if (typeof position === 'string') throw new Error(`${position} is no position in the change feed`);
  return position;
}

/** What admins see of it: all but the secrets. */
export function webhookReport(row: StoredWebhook, now: Date): WebhookReport {
  const { previousSecretUntil: until } = row;
  return {
    ...{ id: row.id, url: row.url, description: row.description, experiences: row.experienceIds },
    kinds: row.kinds,
    ...{ leadDays: row.leadDays, delaySeconds: row.delayMs / 1_000, batchSize: row.batchSize },
    ...{ state: row.state as WebhookState, since: row.since.toISOString(), reason: row.reason, cursor: row.cursor },
    ...{ attempts: row.attempts, firstFailedAt: iso(row.firstFailedAt), nextAttemptAt: iso(row.nextAttemptAt) },
    ...{ lastError: row.lastError, lastDeliveredAt: iso(row.lastDeliveredAt) },
    previousSecretUntil: until && until > now ? iso(until) : null,
    ...{ createdAt: row.createdAt.toISOString(), createdBy: row.createdBy, reseller: row.reseller },
  };
}

function iso(instant: Date | null): string | null {
  return instant && instant.toISOString();
}
