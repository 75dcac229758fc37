import { describe, expect, it } from '@jest/globals';
import { causeWords, daysText } from './page/trouble-text.js';

describe('what happened', () => {
  it('is told without its cause, which stands beside it', () => {
    expect(causeWords('rejected: the supplier answered 400: "no"', 'rejected')).toBe('the supplier answered 400: "no"');
  });

  it('is told whole where it does not begin with its cause', () => {
    expect(causeWords('gone: it is sold no more', 'bad_answer')).toBe('gone: it is sold no more');
  });
});

describe('the days that fail', () => {
  it('are one by its name, or how many and the last', () => {
    expect(daysText(1, 'Sun, 29 Mar')).toBe('Sun, 29 Mar');
    expect(daysText(1_200, 'Sun, 29 Mar')).toBe('1,200, last Sun, 29 Mar');
  });
});
