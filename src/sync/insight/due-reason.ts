import type { DueReasonName } from './day-detail.shape.js';
import { TEMPOS } from '../policy/tempo.js';

/** Why a day is asked for next when it is, and not sooner. */
export interface DueReason {
  readonly why: DueReasonName;
  /** One sentence for people. */
  readonly text: string;
  /** When its turn comes, as far as that can be told. */
  readonly at: Date | null;
}

/** What it follows from. */
export interface DueFacts {
  /** The whole sync, or the experience, is paused. */
  readonly paused: boolean;
  readonly byValue: boolean;
  readonly confirmedAt: Date | null;
  readonly dueAt: Date | null;
  readonly wantedAt: Date | null;
  readonly leasedUntil: Date | null;
  readonly attempts: number;
  readonly emptySeenAt: Date | null;
  /** Its product fails so often that it is only tried now and then, next at this instant; null: it does not. */
  readonly heldUntil: Date | null;
  readonly tempo: number;
  /** See `policy/tempo.ts`. */
  readonly turn: number | null;
}

/** In the order in which the queue decides, see `policy/choice.ts`. */
export function dueReason(day: DueFacts, now: Date): DueReason {
  const { dueAt } = day;
  if (day.leasedUntil && day.leasedUntil > now) return reason('leased', now, 'A request for it is under way.');
  if (dueAt === null && day.turn === null) {
    return reason('never', null, 'It is asked for no more: its date is past, ends soon, or lies beyond the window.');
  }
  if (day.paused) return reason('paused', null, 'The sync, or this experience, is paused.');
  if (day.heldUntil) {
    return reason(
      'held',
      day.heldUntil,
      'Nothing but failures came for this product, so one of its days is tried now and then. When one is answered, all are due.',
    );
  }
  if (day.attempts > 0) {
    const requests = day.attempts === 1 ? 'Its last request' : `Its last ${day.attempts} requests`;
    return reason('retry', dueAt, `${requests} failed: it is tried again after a while, which doubles each time.`);
  }
  if (day.emptySeenAt) {
    return reason(
      'doubt',
      dueAt,
      'The supplier answered that there is nothing: it is asked again before that is believed.',
    );
  }
  if (day.wantedAt) return reason('wanted', now, 'A reader wants it: it goes ahead of the others.');
  if (day.confirmedAt === null) {
    return reason(
      'never-fetched',
      day.byValue ? null : dueAt,
      'It was never fetched: its turn comes by what is known of days like it.',
    );
  }
  if (dueAt && dueAt <= now) return reason('promise', dueAt, 'It is, or is about to be, older than its tier promises.');
  if (!day.byValue) return reason('promise', dueAt, 'Its tier promises no greater age than it has by then.');
  return byTurn(day, now);
}

function byTurn({ tempo, turn, dueAt }: DueFacts, now: Date): DueReason {
  if (turn === null) return reason('promise', dueAt, 'Its tier promises no greater age than it has by then.');
  if (tempo >= TEMPOS) {
    return reason(
      'worth',
      dueAt,
      'A request for it is worth less than others now; at the latest its tier’s promise calls for it.',
    );
  }
  const at = new Date(turn);
  if (at <= now) return reason('turn', at, 'Its turn has come: by now a request for it is worth as much as any.');
  return reason('turn', at, 'By then a request for it is worth as much as any, by how often it changes and is read.');
}

function reason(why: DueReason['why'], at: Date | null, text: string): DueReason {
  return { why, text, at };
}
