import { describe, expect, it } from '@jest/globals';
import type { Runner } from './direct-sql.js';
import { FewAtOnce } from './few-at-once.js';

/** A pool whose statements end when they are told to. */
class SlowPool {
  readonly sent: { readonly text: string; readonly end: (error?: Error) => void }[] = [];

  query({ text }: { readonly text: string }): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.sent.push({ text, end: (error) => (error ? reject(error) : resolve({ rows: [text] })) });
    });
  }

  get texts(): string[] {
    return this.sent.map(({ text }) => text);
  }
}

const turn = () => new Promise(setImmediate);

describe('Statements, few at once', () => {
  it('are sent in order, each when an earlier one has ended or failed', async () => {
    const pool = new SlowPool();
    const few = new FewAtOnce(pool as unknown as Runner, 2);
    const results = ['a', 'b', 'c', 'd'].map((text) => few.query({ text }));
    await turn();
    expect(pool.texts).toEqual(['a', 'b']);
    pool.sent[1]?.end(new Error('no such column'));
    await expect(results[1]).rejects.toThrow('no such column');
    await turn();
    expect(pool.texts).toEqual(['a', 'b', 'c']);
    pool.sent[0]?.end();
    pool.sent[2]?.end();
    await turn();
    pool.sent[3]?.end();
    expect(await Promise.all([results[0], results[2], results[3]])).toEqual(
      ['a', 'c', 'd'].map((text) => ({ rows: [text] })),
    );
    const others = ['e', 'f', 'g'].map((text) => few.query({ text }));
    await turn();
    expect(pool.texts.slice(4)).toEqual(['e', 'f']);
    pool.sent.slice(4).forEach(({ end }) => end());
    await turn();
    pool.sent[6]?.end();
    await Promise.all(others);
  });

  it('fail with the one that finds the database out of reach, and are never sent then', async () => {
    const pool = new SlowPool();
    const few = new FewAtOnce(pool as unknown as Runner, 1);
    const results = ['first', 'second', 'third'].map((text) => few.query({ text }));
    await turn();
    pool.sent[0]?.end(new Error('timeout exceeded when trying to connect'));
    for (const result of results) await expect(result).rejects.toThrow('timeout exceeded');
    const next = few.query({ text: 'next' });
    await turn();
    pool.sent[1]?.end();
    await next;
    expect(pool.texts).toEqual(['first', 'next']);
  });
});
