import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../test/setup/test-clock.js';
import type { ServerSettings } from '../config/index.js';
import type { Notifications } from '../prisma/index.js';
import type { ReadResponse } from './read-response.js';
import { ResponseCache } from './response-cache.js';

const BODY = 'x'.repeat(10_000);
/** So many responses fit: each takes some memory beside its body. */
const FIT = 9;

function responseAt(clock: TestClock): ReadResponse {
  return {
    ...{ about: [], body: BODY, tag: 'tag', staleAfter: null, changedAt: null, complete: true },
    until: clock.now().getTime() + 60_000,
  };
}

function cacheOf() {
  const clock = new TestClock();
  const notifications = { connected: true, onLost: () => undefined } as Partial<Notifications> as Notifications;
  const cache = new ResponseCache({ responseCacheBytes: 100_000 } as ServerSettings, notifications, clock);
  const isKept = (url: string) => cache.find(url, clock.now()) !== undefined;
  /** As a request reads it. */
  const read = async (url: string) => {
    if (!isKept(url)) await cache.fill(url, () => Promise.resolve(responseAt(clock)));
  };
  return { cache, clock, isKept, read };
}

const popular = Array.from({ length: FIT }, (_, i) => `/popular/${i}`);

async function full() {
  const all = cacheOf();
  for (const url of popular) await all.read(url);
  return all;
}

describe('a response cache', () => {
  it('keeps what is read, while there is room', async () => {
    const { isKept } = await full();
    expect(popular.every(isKept)).toBe(true);
  });

  it('loses nothing to what is read once, when it is full', async () => {
    const { isKept, read } = await full();
    for (let i = 0; i < 1_000; i++) await read(`/once/${i}`);
    expect(popular.every(isKept)).toBe(true);
    expect(isKept('/once/0')).toBe(false);
  });

  it('keeps what is missed again, in place of what was read least lately', async () => {
    const { isKept, read } = await full();
    await read('/new');
    expect(isKept('/new')).toBe(false);
    await read('/new');
    expect(isKept('/new')).toBe(true);
    expect(popular.map(isKept)).toEqual([false, ...popular.slice(1).map(() => true)]);
  });

  it('keeps at once what takes the place of what is no longer served', async () => {
    const { clock, isKept, read } = await full();
    clock.advance(60_000);
    await read('/new');
    expect(isKept('/new')).toBe(true);
  });

  it('keeps again what it had, when that has changed or its time is over', async () => {
    const { cache, clock, isKept, read } = await full();
    const [first = '', last = ''] = [popular.at(0), popular.at(-1)];
    await read(first);
    cache.forget(first);
    // It takes the room, so that the cache is full again.
    await read('/new');
    await read(first);
    expect(isKept(first)).toBe(true);
    clock.advance(60_000);
    expect(isKept(last)).toBe(false);
    await read(last);
    expect(isKept(last)).toBe(true);
  });
});
