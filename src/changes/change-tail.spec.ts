import { describe, expect, it } from '@jest/globals';
import type { DayEvents } from '../inventory/index.js';
import type { Notifications } from '../prisma/index.js';
import type { ChangeReader, Page } from './change-reader.js';
import { ChangeTail } from './change-tail.js';
import type { FeedChange } from './stored-change.js';

const at = (id: number) => ({ epoch: '0123abcd', xid: 5n, id: BigInt(id) });
const changeAt = (id: number) => ({ position: at(id), content: { experienceId: 14 } }) as unknown as FeedChange;
const signal = new AbortController().signal;

/** Gives no page before it is told to. */
class SlowReader {
  readonly reads: { readonly from: bigint; readonly give: (page: Page) => void }[] = [];

  read({ id }: { id: bigint }): Promise<Page> {
    return new Promise((give) => this.reads.push({ from: id, give }));
  }

  /** Answers the oldest read with what follows its position up to this one. */
  async giveUpTo(end: number): Promise<void> {
    const { from, give } = this.reads.shift() as SlowReader['reads'][0];
    const changes = Array.from({ length: Math.max(0, end - Number(from)) }, (_, i) => changeAt(Number(from) + i + 1));
    give({ changes, next: at(end), more: false, held: false });
    await new Promise(setImmediate);
  }
}

describe('The end of the feed', () => {
  it('lacks nothing for one who waits from an earlier place while a read for those before is under way', async () => {
    const reader = new SlowReader();
    let notify = (): void => undefined;
    const events = { onChange: (wake: () => void) => (notify = wake), onLost: () => undefined };
    const tail = new ChangeTail(
      reader as unknown as ChangeReader,
      { connected: true } as Notifications,
      events as unknown as DayEvents,
    );
    const gone = new AbortController();
    const left = tail.next(at(100), null, gone.signal);
    await reader.giveUpTo(100);
    gone.abort();
    await left;
    await tail.rest();
    notify();
    await tail.rest();
    const waiting = tail.next(at(98), null, signal);
    await reader.giveUpTo(101);
    await reader.giveUpTo(101);
    expect((await waiting)?.changes.map(({ position }) => Number(position.id))).toEqual([99, 100, 101]);
  });
});
