import { describe, expect, it } from '@jest/globals';
import type { DayKey } from '../../inventory/index.js';
import type { DayScope } from './sql/days-in-scope.js';
import { parseLocalDate, type LocalDate } from '../../time/index.js';
import { Backfill } from './backfill.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');
const LATER = new Date(NOW.getTime() + 1_000);
const SCOPE: DayScope = { experienceIds: null, windows: [], fresh: true, since: NOW };
const DATE = parseLocalDate('2026-03-02') as LocalDate;

const day = (experienceId: number): DayKey => ({ experienceId, date: DATE });

/** A pass over the experiences 1 to `count` on one date. */
function passOver(count: number): { pass: Backfill; read: number[] } {
  const read: number[] = [];
  const pass = new Backfill(SCOPE, count, NOW, (_scope, after, limit) => {
    const first = (after?.experienceId ?? 0) + 1;
    read.push(first);
    return Promise.resolve(
      Array.from({ length: Math.max(0, Math.min(limit, count - first + 1)) }, (_, i) => day(first + i)),
    );
  });
  return { pass, read };
}

describe('a pass', () => {
  it('asks for each day once, and is done when all are answered', async () => {
    const { pass } = passOver(3);
    const offered = await pass.ahead(10, NOW);
    expect(offered).toEqual([day(1), day(2), day(3)]);
    pass.asked(offered, offered.slice(0, 2));
    expect(await pass.ahead(10, NOW)).toEqual([day(3)]);
    pass.answered(day(1), 'changed', LATER);
    pass.answered(day(2), 'unchanged', LATER);
    expect(pass.report()).toMatchObject({ state: 'running', confirmed: 2, changed: 1, unchanged: 1, left: 1 });
    pass.answered(day(3), 'changed', LATER);
    expect(pass.report()).toMatchObject({ state: 'done', confirmed: 3, left: 0, finishedAt: LATER.toISOString() });
  });

  it('is incomplete where days failed, and does not ask for them again', async () => {
    const { pass } = passOver(2);
    const offered = await pass.ahead(2, NOW);
    pass.asked(offered, offered);
    pass.answered(day(1), 'failed', LATER);
    pass.again();
    expect(await pass.ahead(2, NOW)).toEqual([]);
    pass.answered(day(2), 'unconfirmed', LATER);
    expect(pass.report()).toMatchObject({ state: 'incomplete', confirmed: 0, failed: 2, left: 0 });
  });

  it('asks again for what the supplier refused', async () => {
    const { pass } = passOver(1);
    pass.asked([day(1)], [day(1)]);
    await pass.ahead(1, NOW);
    pass.asked([day(1)], [day(1)]);
    pass.answered(day(1), 'refused', LATER);
    expect(await pass.ahead(1, NOW)).toEqual([day(1)]);
  });

  it('puts a day that somebody else asks for behind the others, and takes that answer for its own', async () => {
    const { pass } = passOver(2);
    const offered = await pass.ahead(2, NOW);
    pass.asked(offered, [day(2)]);
    expect(await pass.ahead(2, NOW)).toEqual([day(1)]);
    pass.confirmedElsewhere({ experienceId: '1', date: DATE }, new Date(NOW.getTime() - 1), LATER);
    expect(await pass.ahead(2, NOW)).toEqual([day(1)]);
    pass.confirmedElsewhere({ experienceId: '1', date: DATE }, LATER, LATER);
    pass.answered(day(2), 'unchanged', LATER);
    expect(pass.report()).toMatchObject({ state: 'done', confirmed: 2, changed: 0, unchanged: 1 });
  });

  it('keeps a bounded part of its days in memory', async () => {
    const { pass, read } = passOver(1_000);
    for (let done = 0; done < 1_000;) {
      const offered = await pass.ahead(50, NOW);
      pass.asked(offered, offered);
      for (const asked of offered) pass.answered(asked, 'unchanged', LATER);
      done += offered.length;
    }
    await pass.ahead(50, LATER);
    expect(read).toEqual([1, 201, 401, 601, 801, 1_001]);
    expect(pass.report()).toMatchObject({ state: 'done', confirmed: 1_000 });
  });

  it('reads anew what is left when days may have gone', async () => {
    const { pass, read } = passOver(2);
    await pass.ahead(2, NOW);
    pass.again();
    await pass.ahead(2, NOW);
    expect(read).toEqual([1, 1]);
  });

  it('can be waited for, for so long', async () => {
    const { pass } = passOver(1);
    await pass.end(AbortSignal.abort());
    const end = pass.end(new AbortController().signal);
    pass.finish('stopped', LATER);
    pass.finish('done', LATER);
    await end;
    expect(pass.report().state).toBe('stopped');
  });
});
