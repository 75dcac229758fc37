import type { FailureKind } from '../../inventory/failure-kind.shape.js';
import { oddity } from '../../inventory/oddity.shape.js';
import { slot } from '../../inventory/slot.shape.js';
import * as s from '../../schema/index.js';

const DUE_REASONS = [
  'leased',
  'never',
  'paused',
  'held',
  'max_age',
  'requested',
  'hinted',
  'retry',
  'unconfirmed_empty',
  'never_fetched',
  'due',
  'value',
  'later',
] as const;

/** `GET /api/v1/sync/days/:id/:date`: all that is known of a day, and why. */
export const dayDetail = s.named(
  'DayDetail',
  s.object({
    experienceId: s.experienceId(),
    date: s.date(),
    timeZone: s.text('IANA', 'Asia/Singapore'),
    confirmedAt: s.orNull(s.instant(), undefined, (day) => day.at(-30)),
    changedAt: s.orNull(s.instant(), undefined, (day) => day.at(-600)),
    staleAfter: s.orNull(s.instant(), undefined, (day) => day.at(210)),
    version: s.count('How often its content has changed', 3),
    promiseSeconds: s.orNull(s.number(), 'How old it may be; null: its date is past', 14_400),
    due: s.object(
      {
        why: s.oneOf(DUE_REASONS, undefined, 'retry'),
        text: s.text('For people', 'Its last request failed. It is tried again after a delay that doubles each time.'),
        at: s.orNull(s.instant(), 'Null: not known', (day) => day.at(10)),
      },
      'When its next request is due, and why not sooner',
    ),
    leasedUntil: s.orNull(s.instant(), 'A request for it is under way, until then at most'),
    leasedBy: s.orNull(s.text(), 'The process that sent it'),
    attempts: s.count('Failures in a row', 1),
    lastError: s.orNull(s.text(), undefined, 'supplier_error: the supplier answered 500'),
    failedAt: s.orNull(s.instant(), undefined, (day) => day.at(-1)),
    failureKind: s.orNull(
      s.text(),
      'What the last error was; null: there was none',
      'supplier_error' satisfies FailureKind,
    ),
    advice: s.orNull(s.text(), 'What to do about it', 'Nothing to do here: the supplier fails. Ask it if this lasts.'),
    emptySeenAt: s.orNull(
      s.instant(),
      'When the supplier answered that there are no slots, which is not confirmed yet',
    ),
    droppedSlots: s.count('Slots of its last answer that could not be read'),
    oddities: s.list(oddity, 'What else was odd about its last answer', []),
    slots: s.orNull(s.list(slot), 'As they are served; null: it was never fetched', (day) => [slot.example(day)]),
  }),
);

export type DayDetail = s.TypeOf<typeof dayDetail>;
export type DueReasonName = DayDetail['due']['why'];
