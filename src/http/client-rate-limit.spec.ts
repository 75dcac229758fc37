import { describe, expect, it } from '@jest/globals';
import type { ServerSettings } from '../config/index.js';
import { ClientRateLimit, type RateLimitState } from './client-rate-limit.js';

describe('the limit of misses', () => {
  it('lets through what costs more than a window has, once a window', async () => {
    const limit = new ClientRateLimit({ missesPerMinute: 4, readKeys: [] } as unknown as ServerSettings);
    expect((await limit.take('203.0.113.7', undefined, 20))?.refusal).toBeUndefined();
    expect((await limit.take('203.0.113.7', undefined, 20))?.refusal).toMatchObject({ message: 'Too many requests' });
    expect((await limit.take('203.0.113.8', undefined, 4))?.refusal).toBeUndefined();
  });

  it('leaves a client what it had where it refuses what costs more', async () => {
    const limit = new ClientRateLimit({ missesPerMinute: 30, readKeys: [] } as unknown as ServerSettings);
    const take = (misses: number) => limit.take('203.0.113.7', undefined, misses);
    const left = (state: RateLimitState | undefined) => /r=(\d+)/.exec(state?.headers[3] ?? '')?.[1];
    await take(20);
    for (let i = 0; i < 2; i++) {
      const refused = await take(20);
      expect([refused?.refusal?.getStatus(), left(refused)]).toEqual([429, '10']);
    }
    const cheap = await take(10);
    expect([cheap?.refusal, left(cheap)]).toEqual([undefined, '0']);
    const last = await take(1);
    expect([last?.refusal?.getStatus(), left(last)]).toEqual([429, '0']);
  });
});
