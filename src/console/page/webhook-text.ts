import type { WebhookReport, WebhookWithBacklog } from '../../webhooks/webhook.shape.js';
import { kindName } from './change-text.js';
import { count, moment, relative, relativeAt, upcoming } from './format.js';
import type { Severity } from './supplier-text.js';

export interface WebhookText {
  readonly severity: Severity;
  readonly headline: string;
  /** What to do; null: nothing is wrong. */
  readonly advice: string | null;
}

/**
 * How a webhook stands, in words.
 * @param now epoch milliseconds
 * @param isExpired its place in the change feed is lost
 */
export function webhookText(webhook: WebhookReport, now: number, isExpired = false): WebhookText {
  const { state, since, reason, attempts, firstFailedAt, nextAttemptAt } = webhook;
  const lasting = `since ${moment(since, now)} (${relative(since, now)})`;
  if (state === 'paused') {
    const advice = isExpired
      ? 'What has changed since then is not kept any more: choose where it goes on.'
      : 'Resume it: it goes on where it was.';
    return { severity: 'paused', headline: `Paused ${lasting}`, advice };
  }
  if (state === 'disabled') {
    const advice = reason ?? 'The receiver answered 410. Remove it, or resume it when its URL works again.';
    return { severity: 'bad', headline: `Disabled ${lasting}`, advice };
  }
  if (state === 'failing') {
    const advice = reason ?? 'Nothing is sent any more. Mend the receiver, test it, then resume.';
    return { severity: 'bad', headline: `Stopped ${lasting}`, advice };
  }
  if (attempts === 0) return { severity: 'good', headline: 'Delivers', advice: null };
  const failing = firstFailedAt === null ? '' : ` since ${moment(firstFailedAt, now)}`;
  const again =
    nextAttemptAt === null ? '' : `, tried again ${upcoming(nextAttemptAt, now)} (${moment(nextAttemptAt, now)})`;
  const headline = `Not taken${failing}: ${count(attempts)} ${attempts === 1 ? 'attempt' : 'attempts'}${again}`;
  return { severity: 'warn', headline, advice: 'Mend the receiver: all is sent in order when it answers 2xx.' };
}

/** `12 changes wait, the oldest for 4 min` */
export function backlogText(backlog: WebhookWithBacklog['backlog'], now: number): string {
  if (backlog === null) return 'its place in the change feed has expired';
  const { changes, more, oldestAt } = backlog;
  if (changes === 0) return 'nothing waits';
  const counted = `${more ? 'more than ' : ''}${changes === 1 ? '1 change waits' : `${count(changes)} changes wait`}`;
  return oldestAt === null ? counted : `${counted}, the oldest from ${relativeAt(oldestAt, now)}`;
}

/** Of what it is sent. */
export function scopeText({ experiences, kinds, leadDays }: WebhookReport): string {
  const which = experiences.length === 0 ? 'all experiences' : `experiences ${experiences.join(', ')}`;
  const what = kinds.length === 0 ? 'all changes' : kinds.map(kindName).join(', ');
  return `${what} of ${which}${leadDays === null ? '' : `, at most ${count(leadDays)} days ahead`}`;
}
