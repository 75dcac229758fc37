import { moment } from './format.js';
import type { KnownSupplier } from './known-supplier.js';

type Steered = Pick<KnownSupplier, 'name' | 'state' | 'pauseScope'>;

const WHOLE = 'The whole sync is paused: resume it at the top of the page.';
const NOT_RECORDED = 'Answers can’t be recorded: no request is sent until the database works.';

/** Why pausing or resuming a supplier would change nothing; null: it would. */
export function whyNoPause({ pauseScope }: Pick<Steered, 'pauseScope'>): string | null {
  return pauseScope === 'sync' ? WHOLE : null;
}

/** Why "try now" would change nothing; null: it would. */
export function whyNoTry({ name, state, pauseScope }: Steered): string | null {
  if (state === 'paused') return pauseScope === 'sync' ? WHOLE : `${name} is paused: resume it.`;
  if (state === 'not_recording') return NOT_RECORDED;
  return state === 'running' ? 'It waits for nothing: requests are sent as its budget allows.' : null;
}

/** For so long a fetch waits; the server takes none that would wait for longer. */
const LONGEST_REFUSAL_MS = 120_000;

/** Why a day of its products can't be fetched; null: it can. @param now epoch milliseconds */
export function whyNoFetch(
  supplier: (Steered & Pick<KnownSupplier, 'budget'>) | undefined,
  now = Date.now(),
): string | null {
  if (!supplier) return 'Its supplier is not configured any more.';
  const { name, state, pauseScope, budget } = supplier;
  if (state === 'paused') return pauseScope === 'sync' ? WHOLE : `${name} is paused: resume it.`;
  if (state === 'not_recording') return NOT_RECORDED;
  if (state === 'outage') return `No request is sent to ${name} now: use its “Try now”.`;
  const { blockedUntil } = budget;
  if (blockedUntil === null || Date.parse(blockedUntil) - now <= LONGEST_REFUSAL_MS) return null;
  return `No request is sent to ${name} before ${moment(blockedUntil, now)}: use its “Try now”.`;
}
