import { expect, it } from '@jest/globals';
import { scrollBy } from './page/scroll-by.js';

it.each([
  ['nothing, where it is seen', { top: 150, bottom: 170 }, 0],
  ['up, where it is above', { top: 40, bottom: 60 }, -60],
  ['down, where it is covered', { top: 500, bottom: 524 }, 124],
  ['to its beginning, where it is too high', { top: 300, bottom: 900 }, 200],
])('a panel has the page scroll %s', (_what, subject, by) => {
  expect(scrollBy(subject, { top: 100, bottom: 400 })).toBe(by);
});
