import { describe, expect, it } from '@jest/globals';
import { redactor } from './redact.js';

describe('redactor', () => {
  const redact = redactor(['hunter2-the-key', 'with "quotes" & signs', 'abc', 'hunter2-the-key-too']);

  it.each([
    ['x-api-key: hunter2-the-key!', 'x-api-key: ***'],
    ['hunter2-the-key-too and hunter2-the-key', '*** and ***'],
    ['{"m":"with \\"quotes\\" & signs"}', '{"m":"***"}'],
    ['?key=with%20%22quotes%22%20%26%20signs', '?key=***'],
    ['postgresql://root:s3cret@db/one failed', 'postgresql://root:***@db/one failed'],
    ['https://user:p%40ss@host', 'https://user:***@host'],
    ['authorization: Bearer abcdefgh.ijk', 'authorization: Bearer ***'],
    ['{"x-api-key":"whatever"}', '{"x-api-key":"***"}'],
  ])('%s', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('leaves the rest as it is', () => {
    const text = 'abc: experience 14 on 2026-03-02: http://host:4100/api the supplier answered 500';
    expect(redact(text)).toBe(text);
  });
});
