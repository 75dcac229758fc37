import type { SyncStatus } from '../sync/index.js';

/** How far the first fill is. */
export interface Fill {
  readonly confirmed: number;
  readonly days: number;
  readonly perMinute: number;
}

type Told = Pick<SyncStatus, 'freshness'> & { readonly budget: Pick<SyncStatus['budget'], 'requestsPerMinute'> };

export function fillOf({ freshness, budget }: Told): Fill {
  return {
    confirmed: freshness.days - freshness.neverFetched,
    days: freshness.days,
    perMinute: budget.requestsPerMinute,
  };
}

export function isFull({ confirmed, days }: Fill): boolean {
  return days > 0 && confirmed === days;
}

/** `[########............] 122 of 305 days mirrored, about 7 min to go` */
export function fillLine(fill: Fill, width = 24): string {
  const share = fill.days === 0 ? 0 : fill.confirmed / fill.days;
  const done = Math.floor(share * width);
  const minutes = Math.ceil((fill.days - fill.confirmed) / fill.perMinute);
  const rest = isFull(fill) ? 'all of them; from here on each is asked again in time' : `about ${minutes} min to go`;
  return `[${'#'.repeat(done)}${'.'.repeat(width - done)}] ${fill.confirmed} of ${fill.days} days mirrored, ${rest}`;
}
