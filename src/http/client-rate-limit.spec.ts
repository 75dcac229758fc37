import { describe, expect, it } from '@jest/globals';
import type { ServerSettings } from '../config/index.js';
import { ClientRateLimit } from './client-rate-limit.js';

describe('the limit of misses', () => {
  it('lets through what costs more than a window has, once a window', async () => {
    const limit = new ClientRateLimit({ missesPerMinute: 4, readKeys: [] } as unknown as ServerSettings);
    expect((await limit.take('203.0.113.7', undefined, 20))?.refusal).toBeUndefined();
    expect((await limit.take('203.0.113.7', undefined, 20))?.refusal).toMatchObject({ message: 'Too many requests' });
    expect((await limit.take('203.0.113.8', undefined, 4))?.refusal).toBeUndefined();
  });
});
