import { describe, expect, it } from '@jest/globals';
import type { DayKey } from '../../inventory/index.js';
import type { DayScope } from './sql/days-in-scope.js';
import { parseLocalDate, type LocalDate } from '../../time/index.js';
import { Backfill } from './backfill.js';

const NOW = new Date('2026-03-02T04:00:00.000Z');
const LATER = new Date(NOW.getTime() + 1_000);
const SCOPE: DayScope = { suppliers: ['leap'], experienceIds: null, windows: [], fresh: true, since: NOW };
const DATE = parseLocalDate('2026-03-02') as LocalDate;

const day = (experienceId: number): DayKey => ({ experienceId, date: DATE });

/** A backfill over the experiences 1 to `count` on one date. */
function backfillOver(count: number): { backfill: Backfill; read: number[] } {
  const read: number[] = [];
  const backfill = new Backfill('the-id', SCOPE, count, NOW, ['leap'], (_supplier, _scope, after, limit) => {
    const first = (after?.experienceId ?? 0) + 1;
    read.push(first);
    return Promise.resolve(
      Array.from({ length: Math.max(0, Math.min(limit, count - first + 1)) }, (_, i) => day(first + i)),
    );
  });
  return { backfill, read };
}

describe('a backfill', () => {
  it('asks for each day once, and is done when all are answered', async () => {
    const { backfill } = backfillOver(3);
    const offered = await backfill.ahead('leap', 10, NOW);
    expect(offered).toEqual([day(1), day(2), day(3)]);
    backfill.claimed('leap', offered, offered.slice(0, 2));
    expect(await backfill.ahead('leap', 10, NOW)).toEqual([day(3)]);
    backfill.answered({ day: day(1), outcome: 'changed' }, LATER);
    backfill.answered({ day: day(2), outcome: 'unchanged' }, LATER);
    expect(backfill.report()).toMatchObject({ state: 'running', confirmed: 2, changed: 1, unchanged: 1, left: 1 });
    backfill.answered({ day: day(3), outcome: 'changed' }, LATER);
    expect(backfill.report()).toMatchObject({ state: 'done', confirmed: 3, left: 0, finishedAt: LATER.toISOString() });
  });

  it('is incomplete where days failed, and does not ask for them again', async () => {
    const { backfill } = backfillOver(2);
    const offered = await backfill.ahead('leap', 2, NOW);
    backfill.claimed('leap', offered, offered);
    backfill.answered({ day: day(1), outcome: 'failed' }, LATER);
    backfill.again();
    expect(await backfill.ahead('leap', 2, NOW)).toEqual([]);
    backfill.answered({ day: day(2), outcome: 'unconfirmed' }, LATER);
    expect(backfill.report()).toMatchObject({ state: 'incomplete', confirmed: 0, failed: 2, left: 0 });
  });

  it.each(['failed', 'superseded'] as const)(
    'ends where more days than are read at a time were %s, however often they are read again',
    async (outcome) => {
      const { backfill } = backfillOver(251);
      for (let done = 0; done < 250;) {
        backfill.again();
        const offered = await backfill.ahead('leap', 50, NOW);
        expect(offered).toHaveLength(50);
        backfill.claimed('leap', offered, offered);
        for (const asked of offered) backfill.answered({ day: asked, outcome }, LATER);
        done += offered.length;
      }
      backfill.again();
      expect(await backfill.ahead('leap', 50, NOW)).toEqual([day(251)]);
      backfill.claimed('leap', [day(251)], [day(251)]);
      backfill.answered({ day: day(251), outcome }, LATER);
      expect(backfill.report()).toMatchObject({ state: outcome === 'failed' ? 'incomplete' : 'done', left: 0 });
    },
  );

  it('forgets what was being read when it is to be read anew, or is over', async () => {
    const answers: ((days: DayKey[]) => void)[] = [];
    const afters: (DayKey | null)[] = [];
    const backfill = new Backfill('the-id', SCOPE, 1, NOW, ['leap'], (_supplier, _scope, after) => {
      afters.push(after);
      return new Promise((resolve) => answers.push(resolve));
    });
    const batch = Array.from({ length: 200 }, (_, i) => day(i + 1));
    const offered = backfill.ahead('leap', 50, NOW);
    backfill.again();
    answers[0]?.(batch);
    await new Promise(setImmediate);
    backfill.finish('cancelled', LATER);
    answers[1]?.(batch);
    expect(await offered).toEqual([]);
    expect(afters).toEqual([null, null]);
  });

  it('asks again for what the supplier refused', async () => {
    const { backfill } = backfillOver(1);
    backfill.claimed('leap', [day(1)], [day(1)]);
    await backfill.ahead('leap', 1, NOW);
    backfill.claimed('leap', [day(1)], [day(1)]);
    backfill.answered({ day: day(1), outcome: 'refused' }, LATER);
    expect(await backfill.ahead('leap', 1, NOW)).toEqual([day(1)]);
  });

  it('asks again for what was released, and in vain for nothing that was answered as it was before', async () => {
    const { backfill } = backfillOver(3);
    const offered = await backfill.ahead('leap', 3, NOW);
    backfill.claimed('leap', offered, offered);
    backfill.answered({ day: day(1), outcome: 'unchanged', confirmedAt: new Date(NOW.getTime() - 60_000) }, LATER);
    backfill.answered({ day: day(2), outcome: 'superseded' }, LATER);
    backfill.answered({ day: day(3), outcome: 'released' }, LATER);
    backfill.again();
    expect(await backfill.ahead('leap', 3, NOW)).toEqual([day(3)]);
    backfill.claimed('leap', [day(3)], [day(3)]);
    backfill.answered({ day: day(3), outcome: 'changed', confirmedAt: LATER }, LATER);
    expect(backfill.report()).toMatchObject({ state: 'done', confirmed: 3, left: 0 });
  });

  it('puts a day that somebody else asks for behind the others, and takes that answer for its own', async () => {
    const { backfill } = backfillOver(2);
    const offered = await backfill.ahead('leap', 2, NOW);
    backfill.claimed('leap', offered, [day(2)]);
    expect(await backfill.ahead('leap', 2, NOW)).toEqual([day(1)]);
    backfill.confirmedElsewhere({ experienceId: 1, date: DATE }, new Date(NOW.getTime() - 1), LATER);
    expect(await backfill.ahead('leap', 2, NOW)).toEqual([day(1)]);
    backfill.confirmedElsewhere({ experienceId: 1, date: DATE }, LATER, LATER);
    backfill.answered({ day: day(2), outcome: 'unchanged' }, LATER);
    expect(backfill.report()).toMatchObject({ state: 'done', confirmed: 2, changed: 0, unchanged: 1 });
  });

  it('keeps a bounded part of its days in memory', async () => {
    const { backfill, read } = backfillOver(1_000);
    for (let done = 0; done < 1_000;) {
      const offered = await backfill.ahead('leap', 50, NOW);
      backfill.claimed('leap', offered, offered);
      for (const asked of offered) backfill.answered({ day: asked, outcome: 'unchanged' }, LATER);
      done += offered.length;
    }
    await backfill.ahead('leap', 50, LATER);
    expect(read).toEqual([1, 201, 401, 601, 801, 1_001]);
    expect(backfill.report()).toMatchObject({ state: 'done', confirmed: 1_000 });
  });

  it('reads anew what is left when days may have gone', async () => {
    const { backfill, read } = backfillOver(2);
    await backfill.ahead('leap', 2, NOW);
    backfill.again();
    await backfill.ahead('leap', 2, NOW);
    expect(read).toEqual([1, 1]);
  });

  it('can be waited for, for so long', async () => {
    const { backfill } = backfillOver(1);
    await backfill.end(AbortSignal.abort());
    const end = backfill.end(new AbortController().signal);
    backfill.finish('stopped', LATER);
    backfill.finish('done', LATER);
    await end;
    expect(backfill.report().state).toBe('stopped');
  });

  it('does not wait for a supplier that gets no requests, and is incomplete then', async () => {
    const days: Record<string, DayKey[]> = { sound: [day(1)], paused: [day(2), day(3)] };
    const backfill = new Backfill('the-id', SCOPE, 3, NOW, ['sound', 'paused'], (supplier, _scope, after) =>
      Promise.resolve(after ? [] : (days[supplier] ?? [])),
    );
    const offered = await backfill.ahead('sound', 5, NOW);
    expect(offered).toEqual([day(1)]);
    expect(await backfill.ahead('paused', 5, NOW)).toEqual([day(2), day(3)]);
    backfill.claimed('sound', offered, offered);
    backfill.answered({ day: day(1), outcome: 'changed' }, LATER);
    expect(backfill.report()).toMatchObject({ state: 'running', left: 2 });
    backfill.leaveOut('paused', 'paused', LATER);
    expect(backfill.report()).toMatchObject({
      ...{ state: 'incomplete', confirmed: 1, failed: 0, left: 2 },
      leftOut: [{ supplier: 'paused', state: 'paused' }],
    });
  });

  it('nor for days of it that were in flight, and come back unanswered afterwards', async () => {
    const days: Record<string, DayKey[]> = { sound: [day(1)], paused: [day(2)] };
    const backfill = new Backfill('the-id', SCOPE, 2, NOW, ['sound', 'paused'], (supplier, _scope, after) =>
      Promise.resolve(after ? [] : (days[supplier] ?? [])),
    );
    for (const supplier of ['sound', 'paused']) {
      const offered = await backfill.ahead(supplier, 5, NOW);
      backfill.claimed(supplier, offered, offered);
    }
    backfill.leaveOut('paused', 'paused', LATER);
    backfill.answered({ day: day(2), outcome: 'released' }, LATER);
    backfill.answered({ day: day(1), outcome: 'changed' }, LATER);
    expect(await backfill.ahead('sound', 5, NOW)).toEqual([]);
    expect(backfill.report().state).not.toBe('running');
  });
});
