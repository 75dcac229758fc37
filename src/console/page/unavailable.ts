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

/** Why a day of its products can't be fetched; null: it can. */
export function whyNoFetch(supplier: Steered | undefined): string | null {
  if (!supplier) return 'Its supplier is not configured any more.';
  const { name, state, pauseScope } = supplier;
  if (state === 'paused') return pauseScope === 'sync' ? WHOLE : `${name} is paused: resume it.`;
  if (state === 'not_recording') return NOT_RECORDED;
  return state === 'refused' || state === 'outage' ? `No request is sent to ${name} now: use its “Try now”.` : null;
}
