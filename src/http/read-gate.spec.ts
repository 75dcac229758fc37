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

const turns = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the gate before the database', () => {
  it('lets so many read at a time, and the next when one is done, in order', async () => {
    const gate = new ReadGate(2, 10);
    const reads = [new HeldRead(), new HeldRead(), new HeldRead(), new HeldRead()];
    const answers = reads.map((held) => gate.pass(held.read));
    await turns();
    expect(reads.map((held) => held.begun)).toEqual([true, true, false, false]);
    reads[1]?.end('second');
    expect(await answers[1]).toBe('second');
    await turns();
    expect(reads.map((held) => held.begun)).toEqual([true, true, true, false]);
    reads.forEach((held) => held.end());
    await Promise.all(answers);
  });

  it('refuses at once who would be one too many to wait, and says when to come back', async () => {
    const gate = new ReadGate(1, 1);
    const [first, second] = [new HeldRead(), new HeldRead()];
    const answers = [gate.pass(first.read), gate.pass(second.read)];
    const refused = gate.pass(new HeldRead().read);
    await expect(refused).rejects.toBeInstanceOf(ApiProblem);
    await expect(refused).rejects.toMatchObject({ problem: { status: 503, code: 'OVERLOADED' }, retryAfterSeconds: 1 });
    first.end();
    second.end();
    await Promise.all(answers);
  });

  it('frees the place of a read that fails', async () => {
    const gate = new ReadGate(1, 1);
    const [failing, next] = [new HeldRead(), new HeldRead()];
    const answers = [gate.pass(failing.read), gate.pass(next.read)];
    failing.fail(new Error('gone'));
    next.end('after it');
    await expect(answers[0]).rejects.toThrow('gone');
    expect(await answers[1]).toBe('after it');
    expect(await gate.pass(() => Promise.resolve('and again'))).toBe('and again');
  });
});
