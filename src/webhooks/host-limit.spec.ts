import { describe, expect, it } from '@jest/globals';
import { HostLimit } from './host-limit.js';

describe('the messages that a host receives at a time', () => {
  it('are limited for each host, and begin in the order in which they came', async () => {
    const limit = new HostLimit(2);
    const began: string[] = [];
    const ends: (() => void)[] = [];
    const send = (host: string, name: string) =>
      limit.run(host, () => new Promise<void>((resolve) => (began.push(name), ends.push(resolve))));
    const sent = [send('a', 'a1'), send('a', 'a2'), send('a', 'a3'), send('a', 'a4'), send('b', 'b1')];
    await Promise.resolve();
    expect(began).toEqual(['a1', 'a2', 'b1']);
    ends[0]?.();
    await sent[0];
    await new Promise(setImmediate);
    expect(began).toEqual(['a1', 'a2', 'b1', 'a3']);
    for (let i = 1; i < 5; i++) {
      ends[i]?.();
      await new Promise(setImmediate);
    }
    await Promise.all(sent);
    expect(began.at(-1)).toBe('a4');
    await expect(limit.run('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await limit.run('a', () => Promise.resolve());
  });
});
