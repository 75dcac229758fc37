import { beforeEach, describe, expect, it } from '@jest/globals';
import { AnswerMemory } from './answer-memory.js';
import { CachedAnswer } from './cached-answer.js';

const BODY = JSON.stringify({ slots: 'x'.repeat(2_000) });

describe('a cached answer that is dropped', () => {
  let memory: AnswerMemory;
  let answer: CachedAnswer;

  beforeEach(() => {
    memory = new AnswerMemory(1_000_000);
    const about = { experienceId: 14, date: null, zone: 'UTC' };
    const fresh = { body: BODY, tag: 't', staleAfter: null, changedAt: null, complete: true, until: 0, about };
    answer = new CachedAnswer('/', fresh, memory);
  });

  /** Whether the next answer overwrites it. */
  const isOverwritten = () => {
    memory.hold('y'.repeat(BODY.length));
    return answer.body.toString() !== BODY;
  };

  it('leaves its memory to the next one', () => {
    expect(isOverwritten()).toBe(false);
    answer.drop();
    expect(isOverwritten()).toBe(true);
  });

  it('keeps it for those who still read it, until the last one has', () => {
    answer.beginRead();
    answer.beginRead();
    answer.drop();
    answer.endRead();
    expect(isOverwritten()).toBe(false);
    answer.endRead();
    expect(isOverwritten()).toBe(true);
  });

  it('keeps it while it is being compressed', async () => {
    const compressing = answer.compress('gzip');
    answer.drop();
    expect(isOverwritten()).toBe(false);
    await compressing;
    expect(isOverwritten()).toBe(true);
  });

  it('leaves its memory once only, whoever stops to read later', () => {
    answer.drop();
    answer.beginRead();
    answer.endRead();
    const [first, second] = [memory.hold('1'.repeat(BODY.length)), memory.hold('2'.repeat(BODY.length))];
    expect(first.buffer).not.toBe(second.buffer);
  });
});
