import { describe, expect, it } from '@jest/globals';
import { preferredWait } from './prefer.js';

describe('preferredWait', () => {
  it.each<[string | string[] | undefined, number | undefined]>([
    ['wait=10', 10],
    ['Wait = "5"', 5],
    ['respond-async, wait=0', 0],
    ['wait=10; foo="bar"', 10],
    ['wait=3, wait=4', 3],
    ['wait=86400', 60],
    [['return=minimal', 'wait=7'], 7],
    ['wait=-1', undefined],
    ['wait', undefined],
    ['wait=soon', undefined],
    ['awaiting=1', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j: %s seconds', (header, seconds) => {
    expect(preferredWait(header)).toBe(seconds);
  });
});
