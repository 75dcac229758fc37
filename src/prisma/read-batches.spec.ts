import { beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { ReadBatches, type BatchStatement, type Key, type Placed } from './read-batches.js';

const DAYS: BatchStatement = { name: 'days', text: '' };
const CALENDARS: BatchStatement = { name: 'calendars', text: '' };

const OUT_OF_REACH = new Error('out of reach');

interface Row extends Placed {
  readonly found: string;
}

describe('reads that wait at the same time', () => {
  let begun: { statement: string; columns: Key[]; end: (rows: Row[]) => void; fail: (error: Error) => void }[];
  let batches: ReadBatches;

  beforeEach(() => {
    begun = [];
    const run = ({ name }: BatchStatement, columns: readonly Key[]) =>
      new Promise<Row[]>((end, fail) => begun.push({ statement: name, columns: [...columns], end, fail }));
    batches = new ReadBatches(run, {
      atOnce: 2,
      keys: 3,
      isOfAll: (error) => error === OUT_OF_REACH,
    });
  });

  const read = (key: Key, statement = DAYS) => batches.read<Row>(statement, key);
  const asked = () => begun.map(({ statement, columns }) => [statement, ...columns]);

  it('are one statement, and each gets the row of its key, or none', async () => {
    const answers = [read([14, 'Monday']), read([15, 'Tuesday']), read([14, 'Monday'])];
    await turn();
    expect(asked()).toEqual([['days', [14, 15, 14], ['Monday', 'Tuesday', 'Monday']]]);
    begun[0]?.end([
      { place: 3, found: 'third' },
      { place: 1, found: 'first' },
    ]);
    expect(await Promise.all(answers)).toEqual([{ place: 1, found: 'first' }, undefined, { place: 3, found: 'third' }]);
  });

  it('are as many statements as there are kinds of them, and as they have too many keys for one', async () => {
    void [1, 2, 3, 4].map((id) => read([id]));
    void read([5], CALENDARS);
    await turn();
    expect(asked()).toEqual([
      ['days', [1, 2, 3]],
      ['days', [4]],
    ]);
    begun[1]?.end([]);
    await turn();
    await turn();
    expect(asked()[2]).toEqual(['calendars', [5]]);
  });

  it('wait while there are as many statements as there may be, and are then one', async () => {
    void read([1]);
    await turn();
    void read([2]);
    await turn();
    void read([3]);
    await turn();
    void read([4]);
    await turn();
    expect(asked()).toEqual([
      ['days', [1]],
      ['days', [2]],
    ]);
    begun[0]?.end([]);
    await turn();
    await turn();
    expect(asked()[2]).toEqual(['days', [3, 4]]);
  });

  it('are asked for alone when one of them may be what the statement cannot answer', async () => {
    const answers = Promise.allSettled([read([1]), read([2])]);
    await turn();
    begun[0]?.fail(new Error('time zone "Mars/Olympus" not recognized'));
    await turn();
    begun[1]?.fail(new Error('time zone "Mars/Olympus" not recognized'));
    await turn();
    begun[2]?.end([{ place: 1, found: 'the second' }]);
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(asked().map(([, keys]) => keys)).toEqual([[1, 2], [1], [2]]);
  });

  it('fail together when the database is out of reach, and the next ones are asked all the same', async () => {
    const answers = Promise.allSettled([read([1]), read([2])]);
    await turn();
    begun[0]?.fail(OUT_OF_REACH);
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = read([3]);
    await turn();
    begun[1]?.end([{ place: 1, found: 'again' }]);
    expect(await next).toMatchObject({ found: 'again' });
  });
});
