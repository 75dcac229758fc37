import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReadPool } from '../../src/prisma/read-pool.js';
import { createEmptyDatabase, type TestDatabase } from '../setup/test-database.js';

/** So long that they arrive in several pieces. */
const ROWS = { name: 'rows', text: `SELECT n, repeat('x', 10000) AS filler FROM generate_series(1, $1::int) AS n` };

describe('the rows of a statement that are handed on as they arrive', () => {
  let database: TestDatabase;
  let pool: ReadPool;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    pool = new ReadPool(database.url, 2_000);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const numbers = async (count: number): Promise<number[]> => {
    const found: number[] = [];
    await pool.each(ROWS, [count], (row) => found.push((row as { n: number }).n));
    return found;
  };

  it('are all of them, in order', async () => {
    expect(await numbers(200)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(await numbers(0)).toEqual([]);
  });

  it('do not mix with those of statements that run beside it', async () => {
    const counts = [50, 3, 200, 0, 120, 7];
    const found = await Promise.all(counts.map(numbers));
    expect(found.map(({ length }) => length)).toEqual(counts);
  });

  it('fail the read, and nothing else, when one of them cannot be used', async () => {
    let taken = 0;
    const read = pool.each(ROWS, [100], () => {
      taken += 1;
      if (taken === 3) throw new Error('what is that?');
    });
    await expect(read).rejects.toThrow('what is that?');
    expect(taken).toBe(3);
    expect((await numbers(5)).length).toBe(5);
  });

  it('fail the read when the statement fails after some of them', async () => {
    const text = `SELECT 10 / (50 - n) AS n, repeat('x', 10000) AS filler FROM generate_series(1, $1::int) AS n`;
    await expect(pool.each({ name: 'by_zero', text }, [60], () => undefined)).rejects.toThrow('division by zero');
    expect((await numbers(5)).length).toBe(5);
  });
});
