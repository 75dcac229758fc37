import { describe, expect, it } from '@jest/globals';
import { ApiProblem } from './api-problem.js';
import { LoadShedder } from './load-shedder.js';

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

describe('the load shedder before the database', () => {
  it('refuses at once who would be one too many, says when to come back, and takes the next when one is done', async () => {
    const shedder = new LoadShedder(2);
    const [first, second, third] = [new HeldRead(), new HeldRead(), new HeldRead()];
    const answers = [shedder.run(first.read), shedder.run(second.read)];
    expect([first.begun, second.begun]).toEqual([true, true]);
    const refused = shedder.run(third.read);
    await expect(refused).rejects.toBeInstanceOf(ApiProblem);
    await expect(refused).rejects.toMatchObject({ problem: { status: 503, code: 'OVERLOADED' }, retryAfterSeconds: 1 });
    expect(third.begun).toBe(false);
    second.end('second');
    expect(await answers[1]).toBe('second');
    third.end('third');
    expect(await shedder.run(third.read)).toBe('third');
    first.end();
    await Promise.all(answers);
  });

  it('frees the place of a read that fails', async () => {
    const shedder = new LoadShedder(1);
    const failing = new HeldRead();
    const answer = shedder.run(failing.read);
    failing.fail(new Error('gone'));
    await expect(answer).rejects.toThrow('gone');
    expect(await shedder.run(() => Promise.resolve('and again'))).toBe('and again');
  });
});
