import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ApiProblem } from '../http/index.js';
import { changeCursor, isBefore } from '../inventory/index.js';
import { parseFeedCursor } from './cursor.js';

const position = fc.record({
  epoch: fc.string({ unit: fc.constantFrom('0', '7', '9', 'a', 'c', 'f'), minLength: 8, maxLength: 8 }),
  xid: fc.bigInt(0n, 2n ** 64n - 1n),
  id: fc.bigInt(0n, 2n ** 63n - 1n),
});

describe('a cursor of the change feed', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(position, (at) => {
        expect(parseFeedCursor(changeCursor(at))).toEqual(at);
      }),
    );
  });

  it.each([undefined, 'now'])('begins now: %s', (text) => {
    expect(parseFeedCursor(text)).toBe('now');
  });

  it('begins with the oldest change', () => {
    expect(parseFeedCursor('oldest')).toBe('oldest');
  });

  it.each([
    ['an empty one', ''],
    ['a number', '17'],
    ['nonsense', 'nonsense'],
    ['one that is given twice', ['now', 'now']],
    ['another spelling', `${changeCursor({ epoch: '0123abcd', xid: 5n, id: 7n })}=`],
    ['leading zeros', Buffer.from('0123abcd.05.7').toString('base64url')],
    ['a number too large', Buffer.from('0123abcd.5.9223372036854775808').toString('base64url')],
    ['the cursor of a list', Buffer.from('after 5').toString('base64url')],
  ])('is refused: %s', (_, text) => {
    expect(() => parseFeedCursor(text)).toThrow(ApiProblem);
  });
});

it('positions are ordered by transaction, then by id', () => {
  const at = (xid: bigint, id: bigint) => ({ epoch: '0123abcd', xid, id });
  expect(isBefore(at(9n, 8n), at(10n, 1n))).toBe(true);
  expect(isBefore(at(10n, 1n), at(10n, 2n))).toBe(true);
  expect(isBefore(at(10n, 2n), at(10n, 2n))).toBe(false);
  expect(isBefore(at(10n, 1n), at(9n, 8n))).toBe(false);
});
