import { describe, expect, it } from '@jest/globals';
import { ApiError } from './page/api-error.js';
import { withinBudget } from './page/within-budget.js';

const START = Date.parse('2026-03-02T04:00:00Z');

/** Refused until `ms` after the start. @returns the result, and how long was waited */
async function tried(ms: number, code = 'SUPPLIER_BUSY') {
  let now = START;
  const retryAt = new Date(START + ms).toISOString();
  const work = () =>
    now < START + ms ? Promise.reject(new ApiError(503, code, 'busy', { retryAt })) : Promise.resolve('listed');
  const wait = (delay: number) => {
    now += delay;
    return Promise.resolve();
  };
  const result = await withinBudget(work, { now: () => now, wait }).catch((error: unknown) => (error as ApiError).code);
  return { result, waited: now - START };
}

describe('a request that the budget does not allow yet', () => {
  it('is sent again when there is room', async () => {
    expect(await tried(2_000)).toEqual({ result: 'listed', waited: 2_200 });
  });

  it('is left to whoever asked when that takes long', async () => {
    expect(await tried(60_000)).toEqual({ result: 'SUPPLIER_BUSY', waited: 0 });
  });

  it('is not repeated for another reason', async () => {
    expect(await tried(2_000, 'SUPPLIER_FAILED')).toEqual({ result: 'SUPPLIER_FAILED', waited: 0 });
  });

  it('is not repeated for ever', async () => {
    let tries = 0;
    const busy = () => {
      tries++;
      return Promise.reject(new ApiError(503, 'SUPPLIER_BUSY', '', { retryAt: new Date(START).toISOString() }));
    };
    const waiting = { now: () => START, wait: () => Promise.resolve() };
    await expect(withinBudget(busy, waiting)).rejects.toThrow(ApiError);
    expect(tries).toBe(12);
  });
});
