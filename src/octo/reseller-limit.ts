import { Injectable } from '@nestjs/common';
import { OctoSettings } from '../config/index.js';
import { Clock } from '../time/index.js';
import { OctoError } from './octo-error.js';

const MINUTE_MS = 60_000;

interface Minute {
  /** Epoch milliseconds. */
  endsAt: number;
  left: number;
}

/** Limits the requests of each reseller a minute, from its first request on. Each process counts by itself. */
@Injectable()
export class ResellerLimit {
  private readonly minutes = new Map<string, Minute>();
  private readonly most: number;

  constructor({ requestsPerMinute }: OctoSettings, clock: Clock) {
    this.most = requestsPerMinute;
    // The ends of the minutes were another clock’s.
    clock.onSet(() => {
      this.minutes.clear();
    });
  }

  /** Counts a request. @returns raw header pairs. @throws OctoError over the limit */
  take(reseller: string, now: Date): readonly string[] {
    if (this.most === 0) return [];
    const at = now.getTime();
    let minute = this.minutes.get(reseller);
    if (!minute || minute.endsAt <= at) {
      minute = { endsAt: at + MINUTE_MS, left: this.most };
      this.minutes.set(reseller, minute);
    }
    if (minute.left === 0) throw refusal(this.most, Math.max(1, Math.ceil((minute.endsAt - at) / 1_000)));
    minute.left -= 1;
    return headers(this.most, minute.left);
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
