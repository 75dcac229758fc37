import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { leapDay, leapSlot } from '../../../test/fixtures/leap-answers.js';
import { failureOf, outcomeOf, readList } from '../../../test/setup/leap-reading.js';
import { SupplierFailure } from '../supplier-error.js';
import type { LeapAnswer } from './read-leap-answer.js';

describe('an answer that is no list of slots', () => {
  it.each([
    ['', 'not JSON: ""'],
    ['<html>502 Bad Gateway</html>', 'not JSON: "<html>502 Bad Gateway</html>"'],
    [JSON.stringify(leapDay(3)).slice(0, -20), 'not JSON: "[{'],
    ['[{"startDate":NaN}]', 'not JSON'],
    ['[{"startDate":12345678901234567890,}]', 'not JSON'],
    ['null', 'expected a list of slots, got null'],
    ['{"message":"API key expired"}', 'expected a list of slots, got an object'],
    ['"[]"', 'expected a list of slots, got "[]"'],
    ['0', 'expected a list of slots, got 0'],
    ['12345678901234567890', 'expected a list of slots, got 12345678901234567890'],
    ['[null]', 'expected slots, got a list of 1 without any; the first is null'],
    ['[[],{}]', 'expected slots, got a list of 2 without any; the first is a list of 0'],
    ['[{"date":"2026-03-02"}]', 'expected slots, got a list of 1 without any; the first is an object'],
  ])('is refused: %s', (body, message) => {
    expect(failureOf(body).message).toContain(`bad_answer: ${message}`);
  });

  it('is one with more slots than any day has', () => {
    expect(readList(leapDay(2_000)).slots).toHaveLength(2_000);
    expect(failureOf(JSON.stringify(leapDay(2_001))).message).toBe('bad_answer: 2001 slots in one day');
    expect(failureOf(`[${'0,'.repeat(3_000_000)}0]`).message).toBe('bad_answer: 3000001 slots in one day');
  });

  it.each([
    ['as the answer', (deep: string) => deep],
    ['as a slot', (deep: string) => `[${deep}]`],
    ['as a field', (deep: string) => JSON.stringify([leapSlot()]).replace('"SGD"', deep)],
    ['as a field that is not ours', (deep: string) => JSON.stringify([leapSlot()]).replace('[{', `[{"x":${deep},`)],
    ['beside long digits', (deep: string) => `[12345678901234567890,${deep}]`],
    ['twice the same field, beside long digits', (deep: string) => `[{"a":${deep},"a":${deep},"b":1234567890123456}]`],
  ])('is refused, or read, but breaks nothing when it is nested without end %s', (_, bodyOf) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = `${open.repeat(100_000)}0${close.repeat(100_000)}`;
      const outcome = outcomeOf(bodyOf(deep));
      const refused = outcome instanceof SupplierFailure && outcome.kind === 'bad_answer';
      expect(refused || (outcome as LeapAnswer).slots.length <= 1).toBe(true);
    }
  });

  it('is told of in few words, whatever its length', () => {
    const long = 'x'.repeat(100_000);
    expect(failureOf(long).message.length).toBeLessThan(200);
    expect(readList([leapSlot({ startTime: long })]).oddities[0]?.detail.length).toBeLessThan(300);
  });
});
