import { describe, expect, it } from '@jest/globals';
import { causeText, shortened } from './page/cause-text.js';

describe('a cause in a few words', () => {
  it.each([
    ['unauthorized', 'the supplier answered 403: "no"', '403'],
    ['unauthorized', 'the key is not accepted', 'no status'],
    ['unreachable', 'GET /products/x: connect ECONNREFUSED 10.0.0.1:443', 'connection refused'],
    ['unreachable', 'read ECONNRESET', 'connection reset'],
    ['unreachable', 'getaddrinfo ENOTFOUND api.example', 'host name not found'],
    ['unreachable', 'its certificate has expired', 'its certificate has expired'],
    ['supplier_error', 'the supplier answered 503 with an HTML page', 'it answered 503'],
    ['database_full', 'The disk is full.', 'The disk is full'],
  ])('%s, %s: %s', (code, text, words) => {
    expect(causeText({ code, text })).toBe(words);
  });

  it('is cut where it is too long, at the end of a word', () => {
    expect(shortened('one two three four', 12)).toBe('one two…');
    expect(shortened('one two', 7)).toBe('one two');
    expect(shortened('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
  });
});
