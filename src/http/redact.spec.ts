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
    ['HUNTER2-THE-KEY and Hunter2-The-Key-Too', '*** and ***'],
    ['cut: hunter2-the-', 'cut: ***'],
    ['hex 68756e746572322d7468652d6b6579.', 'hex ***.'],
    ['base64 dXNlcjpodW50ZXIyLXRoZS1rZXk=', 'base64 dXNlcjp***k='],
    ['%68%75%6E%74%65%72%32%2d%74%68%65%2d%6b%65%79', '***'],
  ])('%s', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('leaves the rest as it is', () => {
    const text = 'abc: -the-key of experience 14 on 2026-03-02: http://host:4100/api the supplier answered 500';
    expect(redact(text)).toBe(text);
  });
});
