import { describe, expect, it } from '@jest/globals';
import { ApiProblem } from './api-problem.js';
import { ReadGate } from './read-gate.js';

/** A read that ends when the test says so. */
class HeldRead {
  begun = false;
  end!: (value?: string) => void;
  fail!: (error: Error) => void;
  private readonly result = new Promise<string>((resolve, reject) => {
    this.end = (value = 'done') => resolve(value);
    this.fail = reject;
  });

  readonly read = (): Promise<string> => {
    this.begun = true;
    return this.result;
  };
}

describe('the gate before the database', () => {
  it('refuses at once who would be one too many, says when to come back, and takes the next when one is done', async () => {
    const gate = new ReadGate(2);
    const [first, second, third] = [new HeldRead(), new HeldRead(), new HeldRead()];
    const answers = [gate.pass(first.read), gate.pass(second.read)];
    expect([first.begun, second.begun]).toEqual([true, true]);
    const refused = gate.pass(third.read);
    await expect(refused).rejects.toBeInstanceOf(ApiProblem);
    await expect(refused).rejects.toMatchObject({ problem: { status: 503, code: 'OVERLOADED' }, retryAfterSeconds: 1 });
    expect(third.begun).toBe(false);
    second.end('second');
    expect(await answers[1]).toBe('second');
    third.end('third');
    expect(await gate.pass(third.read)).toBe('third');
    first.end();
    await Promise.all(answers);
  });

  it('frees the place of a read that fails', async () => {
    const gate = new ReadGate(1);
    const failing = new HeldRead();
    const answer = gate.pass(failing.read);
    failing.fail(new Error('gone'));
    await expect(answer).rejects.toThrow('gone');
    expect(await gate.pass(() => Promise.resolve('and again'))).toBe('and again');
  });
});
