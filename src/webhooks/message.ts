import { createHash } from 'node:crypto';
import type { Change } from '../changes/change.shape.js';

/** What is sent: the same text, and so the same id, for each attempt. */
export interface Message {
  readonly id: string;
  /** JSON text. */
  readonly body: string;
  readonly changes: number;
}

/** @param nextCursor where the change feed goes on after these changes */
export function changesMessage(webhookId: string, changes: readonly Change[], nextCursor: string): Message {
  // Not the time of sending: a receiver recognises a message that it has by its id, whatever is sent again.
  const timestamp = changes.reduce((latest, { at }) => (at > latest ? at : latest), '');
  const body = JSON.stringify({ type: 'availability.changed', timestamp, data: { changes, nextCursor } });
  return { id: messageId(webhookId, body), body, changes: changes.length };
}

/** For an admin who tries whether a receiver takes messages. */
export function testMessage(webhookId: string, now: Date): Message {
  const body = JSON.stringify({ type: 'webhook.test', timestamp: now.toISOString(), data: { webhookId } });
  return { id: messageId(webhookId, body), body, changes: 0 };
}

/** @param of what distinguishes the message from others */
export function messageId(webhookId: string, of: string): string {
  return `msg_${createHash('sha256').update(webhookId).update(of).digest('base64url').slice(0, 27)}`;
}
