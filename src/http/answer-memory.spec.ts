import { describe, expect, it } from '@jest/globals';
import { AnswerMemory } from './answer-memory.js';

describe('the memory of answers', () => {
  it('holds texts as UTF-8', () => {
    const bytes = new AnswerMemory(0).hold('{"name":"Zoö — 夜"}');
    expect(bytes.toString()).toBe('{"name":"Zoö — 夜"}');
    expect(bytes).toHaveLength(Buffer.byteLength('{"name":"Zoö — 夜"}'));
  });

  it('uses again what was given back, for answers of about the same size', () => {
    const memory = new AnswerMemory(10_000);
    const first = memory.hold('a'.repeat(1_500));
    const other = memory.hold('b'.repeat(1_500));
    expect(other.buffer).not.toBe(first.buffer);
    memory.giveBack(first);
    expect(memory.hold('c'.repeat(5_000)).buffer).not.toBe(first.buffer);
    const again = memory.hold('d'.repeat(2_048));
    expect(again.buffer).toBe(first.buffer);
    expect(again.toString()).toBe('d'.repeat(2_048));
    expect(memory.hold('e'.repeat(1_500)).buffer).not.toBe(first.buffer);
    expect(other.toString()).toBe('b'.repeat(1_500));
  });

  it('keeps no more for later than it may', () => {
    const memory = new AnswerMemory(2_048);
    const held = ['a', 'b', 'c'].map((letter) => memory.hold(letter.repeat(1_000)));
    held.forEach((bytes) => {
      memory.giveBack(bytes);
    });
    const buffers = ['d', 'e', 'f'].map((letter) => memory.hold(letter).buffer);
    expect(buffers.filter((buffer) => held.some((bytes) => bytes.buffer === buffer))).toHaveLength(2);
  });
});
