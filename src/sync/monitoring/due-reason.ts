import { DEMAND_MS } from '../fetch/choice.js';
import { MAX_AGE_LANE_MS } from '../schedule/max-age.js';
import type { DueReasonName } from './day-detail.shape.js';

/** Why a day is fetched next at this time and not sooner. */
export interface DueReason {
  readonly why: DueReasonName;
  /** One sentence for people. */
  readonly text: string;
  /** When it will be fetched; null: unknown. */
  readonly at: Date | null;
}

/** The facts that the reason depends on. */
export interface DueFacts {
  /** What is paused; null: nothing. */
  readonly paused: 'sync' | 'supplier' | 'experience' | null;
  readonly confirmedAt: Date | null;
  readonly dueAt: Date | null;
  readonly requestedAt: Date | null;
  readonly hintedAt: Date | null;
  readonly leasedUntil: Date | null;
  readonly attempts: number;
  readonly emptySeenAt: Date | null;
  /** Its product is held, and is tried next at this instant; null: not held. */
  readonly heldUntil: Date | null;
  /** Its product fails: when one of its failing days is tried next; null: it does not. */
  readonly productRetryAt: Date | null;
  /** See `model/priority.ts`. */
  readonly refreshAt: Date | null;
  readonly refreshValue: number | null;
}

const PAUSED = {
  sync: 'The sync is paused.',
  supplier: 'Its supplier is paused.',
  experience: 'Its experience is paused.',
} as const;

/** Checks the reasons in the order in which the queue decides, see `fetch/queue.ts`. */
export function dueReason(day: DueFacts, now: Date): DueReason {
  const { dueAt, refreshAt, refreshValue } = day;
  if (day.leasedUntil && day.leasedUntil > now) return reason('leased', now, 'A request for it is under way.');
  if (dueAt === null && refreshAt === null && refreshValue === null) {
    return reason('never', null, 'It is not fetched any more: its date is past, ends soon, or lies beyond the window.');
  }
  if (day.paused) return reason('paused', null, PAUSED[day.paused]);
  if (day.heldUntil) {
    return reason(
      'held',
      day.heldUntil,
      'Every request for this product fails, so one of its days is tried now and then. When one is answered, all are due.',
    );
  }
  return failureReason(day) ?? orderReason(day, now);
}

function failureReason({ attempts, dueAt, emptySeenAt, productRetryAt }: DueFacts): DueReason | undefined {
  if (attempts > 0) {
    const failed = attempts === 1 ? 'Its last request failed.' : `Its last ${attempts} requests failed.`;
    if (productRetryAt)
      return reason('retry', productRetryAt, `${failed} The failing days of a product are tried one after the other.`);
    return reason('retry', dueAt, `${failed} It is tried again after a delay that doubles each time.`);
  }
  if (!emptySeenAt) return undefined;
  return reason(
    'unconfirmed_empty',
    dueAt,
    'The supplier answered that there is nothing. It counts once a second request confirms it.',
  );
}

function orderReason(day: DueFacts, now: Date): DueReason {
  const { confirmedAt, dueAt } = day;
  const isDue = dueAt !== null && dueAt <= now;
  if (isDue && confirmedAt && now.getTime() - confirmedAt.getTime() >= MAX_AGE_LANE_MS) {
    return reason('max_age', now, 'It was confirmed almost 96 hours ago, and nothing may get older than that.');
  }
  if (day.requestedAt && now.getTime() - day.requestedAt.getTime() < DEMAND_MS)
    return reason('requested', now, 'A reader requested it, so it goes ahead of the others.');
  if (day.hintedAt)
    return reason('hinted', now, 'The supplier said that it may have changed, so it goes ahead of others.');
  if (confirmedAt === null) {
    return reason('never_fetched', null, 'It was never fetched. It is scheduled by what is known of days like it.');
  }
  if (isDue) return reason('due', dueAt, 'It has reached, or is about to reach, the max age of its tier.');
  return valueReason(day, now);
}

function valueReason({ refreshAt, refreshValue, dueAt }: DueFacts, now: Date): DueReason {
  if (refreshValue !== null) {
    return reason('later', dueAt, 'Other requests are worth more now. The max age of its tier is kept at the latest.');
  }
  if (refreshAt === null) return reason('due', dueAt, 'It is fetched when it reaches the max age of its tier.');
  if (refreshAt <= now) return reason('value', refreshAt, 'Refreshing it is worth as much as any other request now.');
  return reason('value', refreshAt, 'Scheduled for when refreshing it is worth as much as any other request.');
}

function reason(why: DueReason['why'], at: Date | null, text: string): DueReason {
  return { why, text, at };
}
