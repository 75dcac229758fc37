import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { withTimeLimit } from './time-limit.js';

const never = new AbortController().signal;
const untilAborted = (signal: AbortSignal) => once(signal, 'abort').then(() => 'aborted');

describe('A time limit', () => {
  it('ends what takes longer, also where garbage was collected meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    // Nothing else keeps the process alive.
    const alive = setInterval(() => undefined, 1_000);
    const limited = withTimeLimit(200, never, untilAborted);
    await new Promise(setImmediate);
    collect();
    expect(await limited).toBe('aborted');
    clearInterval(alive);
  });

  it('ends with the other signal, also where that was aborted before', async () => {
    const other = new AbortController();
    const limited = withTimeLimit(60_000, other.signal, untilAborted);
    other.abort();
    expect(await limited).toBe('aborted');
    expect(await withTimeLimit(60_000, other.signal, ({ aborted }) => Promise.resolve(aborted))).toBe(true);
  });

  it('gives what the work gives, and its error', async () => {
    expect(await withTimeLimit(60_000, never, () => Promise.resolve(7))).toBe(7);
    await expect(withTimeLimit(60_000, never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
