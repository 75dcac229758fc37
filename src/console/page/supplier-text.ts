import { causeText } from './cause-text.js';
import { count, duration, moment, relative, upcoming } from './format.js';
import type { KnownSupplier } from './known-supplier.js';

/** `unknown`: nothing to judge it by is known so far. */
export type Severity = 'good' | 'paused' | 'unknown' | 'warn' | 'bad';

/** How a supplier stands, in words. */
export interface SupplierText {
  readonly severity: Severity;
  /** Two to five words, for the head of the page. */
  readonly brief: string;
  readonly headline: string;
  /** Since when, by whom, why, until when. */
  readonly parts: readonly string[];
  /** What happened, in the supplier's own words; null: the headline says it. */
  readonly words: string | null;
  /** What else is wrong. */
  readonly also: readonly string[];
  /** The one thing to do; null: nothing is wrong. */
  readonly advice: string | null;
}

/** @param now epoch milliseconds */
export function supplierText(supplier: KnownSupplier, now: number): SupplierText {
  const [main, ...others] = [...stateTexts(supplier, now), ...figureTexts(supplier, now)];
  if (!main) return runningText(supplier, now);
  return { ...main, also: others.map(({ headline }) => headline) };
}

type Trouble = Omit<SupplierText, 'also'>;

/** Why no request is sent, or all of them are in vain. Empty: it runs. */
function stateTexts(supplier: KnownSupplier, now: number): Trouble[] {
  const { name, state, cause, nextAttemptAt: next } = supplier;
  if (state === 'running') return [];
  if (state === 'paused') return [pausedText(supplier, now)];
  const again = next === null ? [] : [`tried again ${upcoming(next, now)} (${moment(next, now)})`];
  const parts = [sinceText(supplier.since, now), ...again];
  const common = { severity: 'bad', parts, words: cause?.text ?? null, advice: cause?.advice ?? null } as const;
  const reason = cause ? causeText(cause) : 'the cause is not known';
  const lasting = duration((now - Date.parse(supplier.since)) / 1_000);
  switch (state) {
    case 'not_recording':
      return [{ ...common, brief: 'nothing can be recorded', headline: `No request is sent: ${reason}` }];
    case 'refused': {
      const until = next === null ? '' : ` until ${moment(next, now)}`;
      return [{ ...common, severity: 'warn', brief: 'rate-limited', headline: `Rate-limited${until}` }];
    }
    case 'unauthorized':
      return [{ ...common, brief: 'key refused', headline: `Key refused (${reason}): check the key of ${name}` }];
    case 'outage': {
      const headline = cause?.code === 'supplier_error' ? `It has failed for ${lasting}` : `No answer for ${lasting}`;
      return [
        { ...common, brief: headline.startsWith('It') ? 'it fails' : 'no answer', headline: `${headline}: ${reason}` },
      ];
    }
    case 'unusable':
      return [{ ...common, brief: 'no usable answer', headline: `No usable answer for ${lasting}: ${reason}` }];
  }
}

function pausedText(supplier: KnownSupplier, now: number): Trouble {
  const { pausedBy, reason, pausedUntil, pauseScope } = supplier;
  const whole = pauseScope === 'sync';
  return {
    severity: 'paused',
    brief: 'paused',
    headline: whole ? 'Paused with the whole sync' : 'Paused',
    parts: [
      sinceText(supplier.since, now),
      ...(pausedBy === null ? [] : [`by ${pausedBy}`]),
      ...(reason === null || reason === '' ? [] : [`“${reason}”`]),
      pausedUntil === null ? 'until somebody resumes it' : `until ${moment(pausedUntil, now)}`,
    ],
    words: null,
    advice: `Resume ${whole ? 'the sync' : 'it'} when the reason for the pause is gone.`,
  };
}

/** That products fail says nothing more. */
const FAILS_AS_A_WHOLE: ReadonlySet<string> = new Set<KnownSupplier['state']>(['outage', 'unauthorized', 'unusable']);

/** What is wrong although requests are sent, the worst first. */
function figureTexts({ name, state, figures, problem, leftOut, budget }: KnownSupplier, now: number): Trouble[] {
  const texts: Trouble[] = [];
  if (figures && figures.products.failing > 0 && !FAILS_AS_A_WHOLE.has(state)) {
    const { mirrored, failing, failingSince } = figures.products;
    const headline = `${count(failing)} of ${products(mirrored)} ${failing === 1 ? 'fails' : 'fail'}`;
    const retryAt = problem?.retryAt ?? null;
    const again = retryAt === null ? [] : [`tried again ${upcoming(retryAt, now)} (${moment(retryAt, now)})`];
    const parts = [...(failingSince === null ? [] : [sinceText(failingSince, now)]), ...again];
    const { words = null, advice = 'Read below which products fail, and why.' } = problem ?? {};
    texts.push({ severity: 'warn', brief: headline, headline, parts, words, advice });
  }
  if (leftOut) {
    const headline = `Slots of ${products(leftOut.products)} are left out`;
    const { words, advice, since } = leftOut;
    texts.push({ severity: 'warn', brief: 'slots left out', headline, parts: [sinceText(since, now)], words, advice });
  }
  if (figures && figures.freshness.stale > 0) {
    const { freshness, plan, staleSince } = figures;
    const headline = `${count(freshness.stale)} of ${days(freshness.days)} ${isOrAre(freshness.stale)} older than their maximum age`;
    const advice = plan.feasible
      ? 'Nothing to do: its budget keeps all maximum ages, so it catches up.'
      : `Its budget can’t keep all maximum ages: raise it to ${count(plan.requestsPerMinuteForAll)} requests a minute, lengthen the tiers, or mirror fewer of its products.`;
    const parts = staleSince === null ? [] : [sinceText(staleSince, now)];
    texts.push({ severity: 'warn', brief: `${days(freshness.stale)} too old`, headline, parts, words: null, advice });
  }
  const { effectiveRequestsPerMinute: left, requestsPerMinute: whole, throttledUntil } = budget;
  if (throttledUntil !== null && left < whole) {
    const headline = `Throttled to ${count(Math.floor(left))} of ${count(whole)} requests a minute`;
    const parts = [`the whole budget again at ${moment(throttledUntil, now)}`];
    const advice = `Nothing to do: it refused repeatedly, and more is used bit by bit. If it happens again, lower the budget of ${name}.`;
    texts.push({ severity: 'warn', brief: 'throttled', headline, parts, words: null, advice });
  }
  return texts;
}

function runningText({ name, since, figures }: KnownSupplier, now: number): SupplierText {
  const text = { parts: [sinceText(since, now)], words: null, also: [], advice: null };
  if (!figures) return { ...text, severity: 'unknown', brief: 'running', headline: 'Running' };
  const { products: own, freshness } = figures;
  if (own.mirrored === 0) {
    const advice = `Import products of ${name}, or add an experience.`;
    return { ...text, severity: 'good', brief: 'running', headline: 'Running: no product is mirrored', advice };
  }
  const filling = freshness.neverFetched > 0;
  const fetched = `${count(freshness.days - freshness.neverFetched)} of ${days(freshness.days)} fetched so far`;
  return { ...text, severity: 'good', brief: 'running', headline: filling ? `Running: ${fetched}` : 'Running' };
}

function sinceText(instant: string, now: number): string {
  return `since ${moment(instant, now)} (${relative(instant, now)})`;
}

function products(number: number): string {
  return number === 1 ? '1 product' : `${count(number)} products`;
}

function days(number: number): string {
  return number === 1 ? '1 day' : `${count(number)} days`;
}

function isOrAre(number: number): string {
  return number === 1 ? 'is' : 'are';
}
