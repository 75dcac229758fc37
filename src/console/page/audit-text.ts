import type { AuditReport } from '../../audit/audit.shape.js';
import { count, dateName, moment } from './format.js';

type Deed = Pick<AuditReport, 'action' | 'actor' | 'experienceId' | 'detail'>;
type Detail = Readonly<Record<string, unknown>>;

/** An entry of the audit trail as a sentence: `alice paused the sync until 14:00: “lunch”`. @param now epoch milliseconds */
export function auditText(deed: Deed, now: number): string {
  const detail: Detail = deed.detail ?? {};
  return `${deed.actor} ${deedText(deed, detail, now)}`;
}

function deedText({ action, experienceId }: Deed, detail: Detail, now: number): string {
  const experience = experienceId === null ? 'an experience' : `experience ${experienceId}`;
  const supplier = textOf(detail['supplier']) ?? 'a supplier';
  const webhook = `webhook ${textOf(detail['url']) ?? textOf(detail['webhook']) ?? ''}`.trim();
  switch (action) {
    case 'sync.pause':
      return `paused the sync${pauseText(detail, now)}`;
    case 'sync.resume':
      return 'resumed the sync';
    case 'sync.run':
      return `started a backfill of ${scopeText(detail)}`;
    case 'backfill.cancel':
      return 'cancelled a backfill';
    case 'supplier.pause':
      return `paused ${supplier}${pauseText(detail, now)}`;
    case 'supplier.resume':
      return `resumed ${supplier}`;
    case 'supplier.try':
      return `had ${supplier} tried at once`;
    case 'supplier.import':
      return `imported products of ${supplier}`;
    case 'supplier.subscribe':
      return `subscribed to notifications of ${supplier}`;
    case 'supplier.unsubscribe':
      return `ended the subscription to notifications of ${supplier}`;
    case 'day.refresh':
      return `fetched ${dayText(detail['date'])} of ${experience}`;
    case 'experience.refresh':
      return `fetched all days of ${experience}`;
    case 'experience.add':
      return `added ${experience}${namedText(detail)}`;
    case 'experience.change':
      return `changed ${experience}${fieldsText(detail)}`;
    case 'experience.remove':
      return `removed ${experience}`;
    case 'experience.pause':
      return `paused ${experience}${pauseText(detail, now)}`;
    case 'experience.resume':
      return `resumed ${experience}`;
    case 'webhook.add':
      return `added ${webhook}`;
    case 'webhook.change':
      return `changed ${webhook}`;
    case 'webhook.remove':
      return `removed ${webhook}`;
    case 'webhook.rotate':
      return `changed the secret of ${webhook}`;
    case 'webhook.replay':
      return `had ${webhook} sent again from an earlier change`;
    case 'webhook.pause':
      return `paused ${webhook}`;
    case 'webhook.resume':
      return `resumed ${webhook}`;
    case 'webhook.failing':
      return `stopped ${webhook}: ${textOf(detail['reason']) ?? 'its page says why'}`;
    case 'webhook.disabled':
      return `disabled ${webhook}: the receiver answered 410`;
    default:
      return `${action}${experienceId === null ? '' : ` ${experienceId}`}`;
  }
}

function pauseText(detail: Detail, now: number): string {
  const until = textOf(detail['until']);
  const reason = textOf(detail['reason']);
  return `${until === undefined ? '' : ` until ${moment(until, now)}`}${reason === undefined ? '' : `: “${reason}”`}`;
}

function scopeText({ days, experiences, fresh }: Detail): string {
  const which = Array.isArray(experiences)
    ? experiences.length === 1
      ? `experience ${String(experiences[0])}`
      : `${count(experiences.length)} experiences`
    : 'all experiences';
  const dates = typeof days === 'number' ? `, ${count(days)} days` : '';
  return `${which}${dates}${fresh === true ? ', fresh days too' : ''}`;
}

function namedText(detail: Detail): string {
  const name = textOf(detail['name']);
  return name === undefined ? '' : `, “${name}”`;
}

/** What was changed, and to what: `: name to “Day safari”`. */
function fieldsText(detail: Detail): string {
  const names: Readonly<Record<string, string>> = { name: 'name', timeZone: 'time zone' };
  const changes = Object.entries(detail).flatMap(([field, value]) => {
    const name = names[field];
    if (name === undefined || value === undefined) return [];
    return typeof value === 'string' ? `${name} to “${value}”` : `${name} to none`;
  });
  return changes.length === 0 ? '' : `: ${changes.join(', ')}`;
}

function dayText(date: unknown): string {
  return typeof date === 'string' ? dateName(date) : 'a day';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
