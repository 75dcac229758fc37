import { CLOSED_FINGERPRINT, dayDocument, wasOpen, type DayRepository, type Recorded } from '../../inventory/index.js';
import { SupplierFailure, SupplierRefusal, type Supplier, type SupplierAnswer } from '../../supplier/index.js';
import type { Clock } from '../../time/index.js';
import type { ClaimedDay, DayQueue } from '../schedule/day-queue.js';
import type { DueTimes } from '../schedule/due-times.js';
import { recordedColumns } from '../schedule/sql/recorded-columns.js';
import type { MirrorWindow } from '../window/mirror-window.js';
import type { Instance } from './instance.js';
import type { Observations } from './observations.js';
import type { ProductHealth } from './product-health.js';
import type { Blame, Recovery, SupplierBudget } from '../budget/supplier-budget.js';
import { DISTRUSTED_MS, isOutdated, isSaidAgain } from './absence.js';
import { unlearned, type FetchedDay } from './fetch-events.js';
import { requestedSpan } from './requested-span.js';
import type { AnswerTimes, Said } from './said.js';
import type { ClaimedSpan } from './span-leases.js';
import { listedBy, type Listed } from './listed.js';
import type { LearnedRates } from '../rates/learned-rates.js';
import { NO_PRIORITY } from '../model/priority.js';
import type { Priorities } from '../schedule/priorities.js';

/** What a request meant for a day. `released`: it failed for another day; nothing was learned of this one, and it keeps its place. */
export type Outcome = Recorded | 'failed' | 'refused' | 'released';

type Result = Omit<FetchedDay, 'day'>;

const NOT_FOUND = ['not_found'] as const;

/** Fetches claimed days of a supplier, records the answers, and learns from them. */
export class DayRefresher {
  constructor(
    private readonly supplier: Supplier,
    private readonly days: DayRepository,
    private readonly queue: DayQueue,
    private readonly budget: SupplierBudget,
    private readonly products: ProductHealth,
    private readonly dueTimes: DueTimes,
    private readonly window: MirrorWindow,
    private readonly priorities: Priorities,
    private readonly observations: Observations,
    private readonly rates: LearnedRates,
    private readonly instance: Instance,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends one request for the days of a span, and records the answer day by day.
   * @throws only if the database fails. The leases then run out, and the days are fetched again.
   */
  async refresh(span: ClaimedSpan): Promise<readonly FetchedDay[]> {
    this.observations.begin(span);
    try {
      return await this.fetch(span.days);
    } finally {
      this.observations.end(span);
    }
  }

  private async fetch(days: readonly ClaimedDay[]): Promise<readonly FetchedDay[]> {
    const [first, ...others] = days;
    if (!first) throw new RangeError('a span without days');
    const requested = requestedSpan([first, ...others], this.window.zoneOf(first.timeZone));
    const sentAt = this.clock.now();
    try {
      return await this.accept(days, await this.supplier.client.fetchSpan(requested), sentAt);
    } catch (error) {
      if (error instanceof SupplierRefusal) return this.refused(days, error);
      if (!(error instanceof SupplierFailure)) throw error;
      if (error.wait) await this.budget.noteWait(error.wait);
      const times = { sentAt, confirmedAt: new Date(sentAt.getTime() - error.ageMs) };
      if (error.kind === 'no_availability') return this.each(days, (day) => this.noAvailability(day, times));
      return this.failedWhole(days, error, times);
    }
  }

  private async accept(
    days: readonly ClaimedDay[],
    { days: answers, ageMs, quota, wait }: SupplierAnswer,
    sentAt: Date,
  ): Promise<readonly FetchedDay[]> {
    const confirmedAt = new Date(sentAt.getTime() - ageMs);
    if (wait) await this.budget.noteWait(wait);
    return this.each(days, async (day) => {
      const answer = answers.get(day.date);
      if (!answer) throw new Error(`the client of ${this.supplier.name} left out ${day.date}`);
      if (answer instanceof SupplierFailure) return this.failed(day, answer);
      const { slots, oddities, dropped, trueAt = confirmedAt } = answer;
      const at = new Date(Math.min(trueAt.getTime(), confirmedAt.getTime()));
      const form = { indirect: false, dated: answer.trueAt !== undefined };
      const said = { document: dayDocument(slots, dropped), oddities, sentAt, confirmedAt: at, ...form };
      const outcome = await this.record(day, said);
      const recovery = await this.budget.answered(day === days[0] ? quota : null, day.experienceId);
      await this.recover(day, recovery, listedBy(day, answer));
      return { outcome, reason: null, confirmedAt: at };
    });
  }

  /** One after the other, so that a long span does not take all database connections. */
  private async each(
    days: readonly ClaimedDay[],
    handle: (day: ClaimedDay) => Promise<Result>,
  ): Promise<readonly FetchedDay[]> {
    const fetched: FetchedDay[] = [];
    for (const day of days) fetched.push({ day, ...(await handle(day)) });
    return fetched;
  }

  /** The request failed as a whole. The failure counts for one day; the others keep their place in the queue. */
  private async failedWhole(
    days: readonly ClaimedDay[],
    failure: SupplierFailure,
    times: AnswerTimes,
  ): Promise<readonly FetchedDay[]> {
    const [first, ...others] = [...days].sort((a, b) => b.attempts - a.attempts);
    if (!first) return [];
    for (const day of others) await this.queue.release(day, this.instance.id);
    const result =
      failure.kind === 'not_found' ? await this.notFound(first, failure, times) : await this.failed(first, failure);
    return [{ day: first, ...result }, ...unlearned(others, 'released')];
  }

  private async record(
    day: ClaimedDay,
    { document, oddities, sentAt, confirmedAt, indirect, dated }: Said,
  ): Promise<Recorded> {
    const { fingerprint, lastStart } = document;
    const deadline = this.dueTimes.afterConfirmation(day, confirmedAt, lastStart, sentAt);
    // The window may have become shorter since it was claimed.
    const priority = this.window.isMirrored(day)
      ? this.priorities.of({ ...day, confirmedAt: sentAt, fingerprint, lastStart })
      : NO_PRIORITY;
    const scheduling = recordedColumns({ ...deadline, sentAt, by: this.instance.id, priority });
    const at = { confirmedAt, oddities, scheduling };
    const empty = { indirect, confirmed: dated || isSaidAgain(day.emptySeenAt, confirmedAt, this.clock.now()) };
    const { outcome: said, difference } = await this.days.record(day, document, at, empty);
    const outcome = said === 'unconfirmed' && isOutdated(day, confirmedAt) ? 'superseded' : said;
    if (outcome === 'unconfirmed') await this.noteUnconfirmed(day);
    const confirmed = outcome === 'unchanged' || outcome === 'changed';
    // A slot that became unreadable, or readable again, is not a change of the day.
    const isComparable = document.dropped === 0 && day.droppedSlots === 0;
    if (confirmed) await this.observations.confirmed(day, confirmedAt, isComparable ? difference : null);
    // The stored answer is newer: a cache in between returned an older one, or another request was faster.
    if (outcome === 'superseded') {
      const byMs = (day.confirmedAt ?? confirmedAt).getTime() - confirmedAt.getTime();
      const dueAt = this.dueTimes.afterOlder(day, byMs);
      await this.queue.keep(day, this.instance.id, { dueAt, sentAt, priority });
    }
    return outcome;
  }

  /** Seen now and not when it was requested: a cache may have made the answer in between, and repeat it. */
  private noteUnconfirmed(day: ClaimedDay): Promise<void> {
    const dueAt = this.dueTimes.afterUnconfirmedEmpty(day, day.emptySeenAt);
    return this.queue.noteUnconfirmedEmpty(day, this.instance.id, { seenAt: this.clock.now(), dueAt });
  }

  /** The supplier said that there are no slots, in another form than an empty list. */
  private async empty(day: ClaimedDay, times: AnswerTimes): Promise<Result> {
    const said = { ...times, document: dayDocument([]), oddities: [], indirect: true, dated: false };
    const outcome = await this.record(day, said);
    await this.recover(day, await this.budget.worked(day.experienceId));
    return { outcome, reason: null };
  }

  /**
   * A broken supplier may say so of all dates. So the second time it also takes a list of the product in between, or a quarter of an hour.
   */
  private async noAvailability(day: ClaimedDay, times: AnswerTimes): Promise<Result> {
    const again = day.emptySeenAt !== null && day.fingerprint !== CLOSED_FINGERPRINT;
    if (again && !isOutdated(day, times.confirmedAt) && !(await this.products.confirmsEmpty(day, times.confirmedAt)))
      return this.unconfirmed(day, await this.budget.worked(day.experienceId));
    const result = await this.empty(day, times);
    if (result.outcome === 'unconfirmed') await this.requestWitness(day);
    return result;
  }

  private requestWitness(day: ClaimedDay): Promise<void> {
    return this.queue.requestWitness(day.experienceId, this.window.today(day.timeZone), this.clock.now());
  }

  private async notFound(day: ClaimedDay, failure: SupplierFailure, times: AnswerTimes): Promise<Result> {
    if (isOutdated(day, times.confirmedAt)) return this.empty(day, times);
    const absence = await this.products.absence(day, failure, times.confirmedAt);
    if (absence === 'closed') return this.empty(day, times);
    // `absence` has already noted the failure of the product.
    if (absence === 'failed') return this.postpone(day, failure, await this.blame(day, failure));
    // For a date with known slots it is unexpected. If this is the only answer for all products, the cause concerns all of them.
    const blame = wasOpen(day) ? await this.blame(day, failure) : null;
    if (blame?.ofAll) return this.postpone(day, failure, blame);
    await this.requestWitness(day);
    return this.unconfirmed(day, blame ?? (await this.budget.worked(day.experienceId)));
  }

  private async unconfirmed(day: ClaimedDay, recovery: Recovery): Promise<Result> {
    await this.noteUnconfirmed(day);
    await this.recover(day, recovery);
    return { outcome: 'unconfirmed', reason: null };
  }

  private async refused(days: readonly ClaimedDay[], refusal: SupplierRefusal): Promise<readonly FetchedDay[]> {
    await this.budget.refused(refusal);
    return this.each(days, async (day) => {
      await this.queue.release(day, this.instance.id);
      return { outcome: 'refused', reason: null };
    });
  }

  private async failed(day: ClaimedDay, failure: SupplierFailure): Promise<Result> {
    // The supplier works, and so does the product.
    if (failure.kind === 'not_yet') return this.postpone(day, failure, await this.budget.worked(day.experienceId));
    // First, so that a failure of an outage is not dated before the outage.
    const blame = await this.blame(day, failure);
    if (blame.ofProduct) await this.products.failed(day, failure);
    if (blame.outageSince) await this.products.release(blame.outageSince);
    return this.postpone(day, failure, blame);
  }

  private blame(day: ClaimedDay, failure: SupplierFailure): Promise<Blame> {
    return this.budget.failed(failure, day.experienceId, this.rates.experiences);
  }

  private async postpone(day: ClaimedDay, failure: SupplierFailure, recovery: Recovery): Promise<Result> {
    await this.queue.postpone(day, this.instance.id, {
      kind: failure.kind,
      error: failure.message.slice(0, 600),
      failedAt: this.clock.now(),
      dueAt: this.dueTimes.afterFailure(day, day.attempts + 1),
    });
    await this.recover(day, recovery);
    return { outcome: 'failed', reason: failure.kind };
  }

  /** After an outage, or when a product answers again, days that failed in the meantime skip the rest of their backoff. */
  private async recover(
    day: ClaimedDay,
    { recoveredSince, product, unusableSince }: Recovery,
    listed: Listed | null = null,
  ): Promise<void> {
    const now = this.clock.now();
    if (recoveredSince) await this.queue.retryNow(this.supplier.name, recoveredSince, now);
    if (unusableSince) await this.queue.forgive(await this.products.release(unusableSince), now);
    if (!listed || !(product || listed.dropped !== null)) return;
    const { isWell, absenceTrusted } = await this.products.answered(day.experienceId, listed);
    if (absenceTrusted) await this.queue.takeAsEmpty(day.experienceId, NOT_FOUND, now);
    if (listed.refuted) await this.queue.reopen(day.experienceId, new Date(now.getTime() - DISTRUSTED_MS), now);
    if (isWell) await this.queue.forgive([day.experienceId], now);
  }
}
