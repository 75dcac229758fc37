import { describe, expect, it } from '@jest/globals';
import { auditedText, expectedText, leadText, measuredText, summaryText } from './page/accuracy-text.js';

const FIGURES = { reads: 8_412.5, measured: 0.9521, lower: 0.9013, upper: 0.9643, certain: 0.9013, expected: 0.9498 };
const NONE = { reads: 0, measured: null, lower: null, upper: null, certain: null, expected: null };

describe('the accuracy in words', () => {
  it('has the measured share with its interval, and what was expected', () => {
    expect(measuredText(FIGURES)).toBe('95.2 % (90.1 % to 96.4 %)');
    expect(measuredText(NONE)).toBe('not measured yet');
    expect([expectedText(FIGURES), expectedText(NONE)]).toEqual(['94.9 %', '–']);
  });

  it('has what random audits found', () => {
    const audited = { days: 20, unchanged: 19, share: 0.95, lower: 0.763, upper: 0.991 };
    expect(auditedText(audited)).toBe('95.0 % (76.3 % to 99.1 %), 19 of 20');
    expect(auditedText(null)).toBe('no audit yet');
  });

  it.each([
    [{ from: 0, to: 0 }, 'today'],
    [{ from: 1, to: 2 }, '1–2 days ahead'],
    [{ from: 3, to: 3 }, '3 days ahead'],
    [{ from: 31, to: null }, '31 days ahead or more'],
  ])('names the lead %o', (lead, text) => {
    expect(leadText(lead)).toBe(text);
  });

  it.each([
    [{}, /^Readers saw the truth in 95\.2 % of 8,41[23] judged reads, as expected \(94\.9 %\)\.$/],
    [{ expected: 0.99 }, /99\.0 % were expected: days change more often than was learned/],
    [{ expected: 0.8 }, /more than the expected 80\.0 %\.$/],
    [{ expected: null }, /judged reads\.$/],
    [NONE, /^No confirmation has judged a read/],
  ])('says what they mean together (%o)', (part, text) => {
    expect(summaryText({ ...FIGURES, ...part, audited: null })).toMatch(text);
  });
});
