import { describe, expect, it } from '@jest/globals';
import { importProblem, importText, listText } from './page/import-text.js';
import { moment } from './page/format.js';

const NOW = Date.parse('2026-03-02T04:00:00Z');
const product = (added: boolean) => ({ experienceId: 1_000_001, product: 'p', option: null, added });

describe('the result of an import', () => {
  it.each([
    [[product(true)], 0, '1 product is mirrored from now on.'],
    [
      [product(true), product(true), product(false)],
      0,
      '2 products are mirrored from now on; 1 product was mirrored already.',
    ],
    [[], 2, 'Nothing was added; 2 products no longer in the supplier’s list.'],
  ])('is told in words (%#)', (experiences, gone, text) => {
    const unknown = Array.from({ length: gone }, () => ({ product: 'q', option: null }));
    expect(importText({ experiences, unknown })).toBe(text);
  });
});

describe('an import that fails', () => {
  it('names the instant from which on the budget allows it', () => {
    const retryAt = '2026-03-02T04:10:00.000Z';
    expect(importProblem('zaui', { code: 'SUPPLIER_BUSY', message: 'x', members: { retryAt } }, NOW)).toBe(
      `The budget of zaui allows no request before ${moment(retryAt, NOW)}. Try again then.`,
    );
  });

  it('quotes what the supplier answered, and other problems as they are', () => {
    const failed = { code: 'SUPPLIER_FAILED', message: 'zaui: the supplier answered 401', members: {} };
    expect(importProblem('zaui', failed, NOW)).toBe('zaui gave no list of products: the supplier answered 401');
    expect(importProblem('zaui', { code: '', message: 'The server cannot be reached.', members: {} }, NOW)).toBe(
      'The server cannot be reached.',
    );
  });
});

it('a list says how many of its products are mirrored', () => {
  const of = (...ids: (number | null)[]) => listText(ids.map((experienceId) => ({ experienceId })));
  expect([of(null, 14, null), of(14), of(null), of()]).toEqual([
    '3 products, 1 of them mirrored',
    '1 product, all of them mirrored',
    '1 product, 0 of them mirrored',
    '0 products, 0 of them mirrored',
  ]);
});
