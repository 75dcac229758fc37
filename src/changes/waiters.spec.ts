import { describe, expect, it } from '@jest/globals';
import type { FeedChange } from './stored-change.js';
import { Waiters } from './waiters.js';

function change(experienceId: number): FeedChange {
  return { content: { experienceId } } as FeedChange;
}

describe('Readers that wait', () => {
  it('are given what they wait for, and go on waiting for the rest', async () => {
    const waiters = new Waiters();
    const { signal } = new AbortController();
    const all = waiters.wait(null, signal);
    const some = waiters.wait(new Set([14, 15]), signal);
    void waiters.wait(new Set([99]), signal);
    const changes = [change(15), change(16), change(15)];
    waiters.deliver(changes);
    expect(await all).toEqual(changes);
    expect(await some).toEqual([changes[0], changes[2]]);
    expect(waiters.size).toBe(1);
  });

  it('end with nothing when their signal is aborted, also before', async () => {
    const waiters = new Waiters();
    const gone = new AbortController();
    const waiting = waiters.wait(new Set([14]), gone.signal);
    gone.abort();
    expect([await waiting, await waiters.wait(null, gone.signal)]).toEqual([[], []]);
    expect(waiters.size).toBe(0);
  });

  it('are all sent to the table', async () => {
    const waiters = new Waiters();
    const { signal } = new AbortController();
    const waiting = [waiters.wait(null, signal), waiters.wait(new Set([14, 15]), signal)];
    waiters.dismiss();
    expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
    expect(waiters.size).toBe(0);
  });
});
