import { expect, it } from '@jest/globals';
import { FeedLag } from './feed-lag.js';

it('the lag counts from when the oldest running transaction last became another one', () => {
  const lag = new FeedLag();
  expect(lag.secondsAt(1_000)).toBe(0);
  lag.note(true, '7', 1_000);
  lag.note(true, '7', 3_000);
  expect(lag.secondsAt(4_500)).toBe(3.5);
  lag.note(true, '8', 5_000);
  expect(lag.secondsAt(5_500)).toBe(0.5);
  lag.note(false, '9', 6_000);
  expect(lag.secondsAt(9_000)).toBe(0);
});
