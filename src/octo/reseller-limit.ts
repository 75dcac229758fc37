import { Injectable } from '@nestjs/common';
import { OctoSettings } from '../config/index.js';
import { Clock } from '../time/index.js';
import { OctoError } from './octo-error.js';

const MINUTE_MS = 60_000;

/** The requests of a reseller. */
interface Use {
  /** When its minute ends, epoch milliseconds. */
  endsAt: number;
  /** Requests that are left in that minute; infinite: there is no limit. */
  left: number;
  /** Since the process started. */
  taken: number;
  refused: number;
}

/** Counts the requests of each reseller, and limits those of a minute, from its first request on. Each process by itself. */
@Injectable()
export class ResellerLimit {
  private readonly uses = new Map<string, Use>();
  private readonly most: number;

  constructor({ requestsPerMinute }: OctoSettings, clock: Clock) {
    this.most = requestsPerMinute;
    // The ends of the minutes were another clock’s.
    clock.onSet(() => {
      for (const use of this.uses.values()) use.endsAt = 0;
    });
  }

  /** Counts a request. @returns raw header pairs. @throws OctoError over the limit */
  take(reseller: string, now: Date): readonly string[] {
    const use = this.useOf(reseller);
    const at = now.getTime();
    if (use.endsAt <= at) {
      use.endsAt = at + MINUTE_MS;
      use.left = this.most === 0 ? Infinity : this.most;
    }
    if (use.left === 0) {
      use.refused += 1;
      throw refusal(this.most, Math.max(1, Math.ceil((use.endsAt - at) / 1_000)));
    }
    use.left -= 1;
    use.taken += 1;
    return this.most === 0 ? [] : headers(this.most, use.left);
  }

  /** Requests since the process started: taken, and refused over the limit. */
  counts(): readonly { readonly reseller: string; readonly taken: number; readonly refused: number }[] {
    return [...this.uses].map(([reseller, { taken, refused }]) => ({ reseller, taken, refused }));
  }

  private useOf(reseller: string): Use {
    const known = this.uses.get(reseller);
    if (known) return known;
    const first = { endsAt: 0, left: 0, taken: 0, refused: 0 };
    this.uses.set(reseller, first);
    return first;
  }
}

function headers(limit: number, left: number): string[] {
  return ['octo-ratelimit-limit', String(limit), 'octo-ratelimit-remaining', String(left)];
}

function refusal(limit: number, seconds: number): OctoError {
  const wait = ['retry-after', String(seconds), 'octo-ratelimit-retryafter', String(seconds)];
  const message = `The limit of ${limit} requests a minute is reached. Try again in ${seconds} seconds.`;
  return new OctoError('TOO_MANY_REQUESTS', message, { headers: [...headers(limit, 0), ...wait] });
}
