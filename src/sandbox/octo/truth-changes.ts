import { dateOf, daysAfter } from '../calendar.js';
import type { ChangedDay } from './availability-update.js';
import type { OctoTruth } from './octo-truth.js';
import type { OctoSlot } from './octo-slot.js';
import { offsetAt } from './zone.js';

/** How far ahead changes are looked for. */
const DAYS = 62;

/**
 * Finds the days that have changed. The truth is a function of time, so nothing is remembered but an instant: each day is compared
 * with itself at that instant. A round compares all days between the same two instants, and may be gone through in parts.
 */
export class TruthChanges {
  private comparedUntil: number;
  private round: Generator<ChangedDay | undefined, void> | undefined;
  private byHand: ChangedDay[] = [];

  constructor(private readonly truth: OctoTruth) {
    this.comparedUntil = truth.now();
  }

  /** A day was set by hand, or given back to its own course: that is no matter of time. */
  addByHand(id: number, date: string): void {
    const sold = this.truth.product(`octo-${id}`);
    for (const option of sold?.options ?? []) this.byHand.push({ productId: `octo-${id}`, optionId: option.id, date });
  }

  /** From now on. */
  restart(): void {
    this.comparedUntil = this.truth.now();
    this.round = undefined;
    this.byHand = [];
  }

  /** Goes on with the round, by at most so many days. A finished round is followed by the next one at the next call. */
  next(most: number): ChangedDay[] {
    const found = this.byHand.splice(0);
    this.round ??= this.startRound();
    for (let compared = 0; compared < most; compared += 1) {
      const { done, value } = this.round.next();
      if (done === true) {
        this.round = undefined;
        break;
      }
      if (value !== undefined) found.push(value);
    }
    return found;
  }

  /** Everything that has changed until now. */
  all(): ChangedDay[] {
    const rest = this.round === undefined ? [] : this.next(Infinity);
    return [...rest, ...this.next(Infinity)];
  }

  private startRound(): Generator<ChangedDay | undefined, void> {
    const [from, to] = [this.comparedUntil, this.truth.now()];
    this.comparedUntil = to;
    return this.compared(from, to);
  }

  private *compared(from: number, to: number): Generator<ChangedDay | undefined, void> {
    if (from === to) return;
    for (const sold of this.truth.products()) {
      const today = dateOf(to + offsetAt(to, sold.timeZone));
      for (const option of sold.options) {
        for (let day = 0; day < DAYS; day += 1) {
          const date = daysAfter(today, day);
          const at = (now: number) => essence(this.truth.slots(sold, option, date, now));
          yield at(from) === at(to) ? undefined : { productId: sold.id, optionId: option.id, date };
        }
      }
    }
  }
}

/** The order of slots means nothing. */
function essence(slots: readonly OctoSlot[]): string {
  return JSON.stringify(slots.toSorted((one, other) => (one.id < other.id ? -1 : 1)));
}
