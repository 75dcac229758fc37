import { describe, expect, it } from '@jest/globals';
import { matches } from './conditional-request.js';

describe('If-None-Match', () => {
  it.each(['W/"abc"', '"abc"', '*', ' * ', '"x", W/"abc"', 'W/"x",W/"abc" , "y"', '"a,b","abc"'])(
    '%s names W/"abc"',
    (header) => {
      expect(matches(header, 'W/"abc"')).toBe(true);
    },
  );

  it.each(['W/"abc-gzip"', '"abc-gzip"', 'W/"abc-br"', '"x", "abc;gzip"'])(
    '%s names it too: a proxy compressed it, and said so',
    (header) => {
      expect(matches(header, 'W/"abc"')).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    '"abc-"',
    '"abc-gzip-gzip"',
    '"-gzip"',
    '"abcgzip"',
    'abc',
    '"ABC"',
    '"ab"',
    'W/"abcd"',
    '"x","y"',
    '"x, abc"',
    '"*"',
    'abc"',
    '"abc',
  ])('%j does not', (header) => {
    expect(matches(header, 'W/"abc"')).toBe(false);
  });
});
