import { describe, expect, it } from '@jest/globals';
import { SystemClock } from './clock.js';

const MINUTE = 60_000;

/** The machine's time, and how far it has gone by now. */
function apart(clock: SystemClock): number {
  return clock.now().getTime() - Date.now();
}

describe('SystemClock', () => {
  it('is the machine’s as long as nobody told it better', () => {
    expect(Math.abs(apart(new SystemClock()))).toBeLessThan(1_000);
  });

  it.each([MINUTE, -MINUTE, 90 * MINUTE])('is set right by a database that is %d ms ahead', async (ahead) => {
    const clock = new SystemClock();
    const offset = await clock.alignWith(() => Promise.resolve(Date.now() + ahead));
    expect(Math.abs(offset - ahead)).toBeLessThan(1_000);
    expect(Math.abs(apart(clock) - ahead)).toBeLessThan(1_000);
  });

  it('takes a difference within the round trip for none', async () => {
    const clock = new SystemClock();
    // The answer tells the time at which it arrived: half a round trip ahead of the middle.
    expect(await clock.alignWith(() => answerAfter(40))).toBe(0);
    expect(Math.abs(apart(clock))).toBeLessThan(1_000);
  });

  it('does not add one correction to another', async () => {
    const clock = new SystemClock();
    await clock.alignWith(() => Promise.resolve(Date.now() + MINUTE));
    const again = await clock.alignWith(() => Promise.resolve(Date.now() + MINUTE));
    expect(Math.abs(again - MINUTE)).toBeLessThan(1_000);
    expect(await clock.alignWith(() => Promise.resolve(Date.now()))).toBe(0);
    expect(Math.abs(apart(clock))).toBeLessThan(1_000);
  });

  it('stays as it was when the database does not answer', async () => {
    const clock = new SystemClock();
    await clock.alignWith(() => Promise.resolve(Date.now() + MINUTE));
    await expect(clock.alignWith(() => Promise.reject(new Error('out of reach')))).rejects.toThrow('out of reach');
    expect(Math.abs(apart(clock) - MINUTE)).toBeLessThan(1_000);
  });
});

/** Busy for `ms`, so that the round trip takes that long without a timer. */
async function answerAfter(ms: number): Promise<number> {
  const until = Date.now() + ms;
  while (Date.now() < until) await Promise.resolve();
  return Date.now();
}
