import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ReadDeadline } from './read-deadline.js';

describe('the deadline of reads', () => {
  let deadline: ReadDeadline;
  let late: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    deadline = new ReadDeadline(1_000);
    late = [];
  });
  afterEach(() => {
    deadline.stop();
    jest.useRealTimers();
  });

  const begin = (name: string) => deadline.begin(() => late.push(name));

  it('ends a read once when its time is over, and then its end comes too late', () => {
    jest.advanceTimersByTime(50);
    const end = begin('a');
    jest.advanceTimersByTime(1_000);
    expect(late).toEqual([]);
    jest.advanceTimersByTime(100);
    expect(late).toEqual(['a']);
    jest.advanceTimersByTime(5_000);
    expect(late).toEqual(['a']);
    expect(end()).toBe(false);
  });

  it('leaves those alone that ended, whoever took their place', () => {
    const ends = ['a', 'b', 'c'].map(begin);
    jest.advanceTimersByTime(600);
    expect(ends[1]?.()).toBe(true);
    const end = begin('d');
    expect(ends[1]?.()).toBe(false);
    jest.advanceTimersByTime(600);
    expect(late).toEqual(['a', 'c']);
    expect(end()).toBe(true);
    jest.advanceTimersByTime(5_000);
    expect(late).toEqual(['a', 'c']);
  });
});
