import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ChangeFeed, FeedPage } from './change-feed.js';
import { ChangeStream } from './change-stream.js';

const START = { epoch: '0123abcd', xid: 5n, id: 0n };

/** A response whose client takes nothing, or everything. */
class Response extends EventEmitter {
  readonly written: string[] = [];
  writableNeedDrain = false;
  destroyed = false;

  constructor(private readonly takes: boolean) {
    super();
  }

  write(text: string): boolean {
    this.written.push(text);
    this.writableNeedDrain = !this.takes;
    return this.takes;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }

  end(): void {
    this.destroy();
  }
}

/** Gives a page of one change each time; or fails. */
function feed(fails = 0): ChangeFeed {
  let reads = 0;
  const next = async (): Promise<FeedPage> => {
    await new Promise(setImmediate);
    reads += 1;
    if (reads <= fails) throw new Error('the database is out of reach');
    const position = { ...START, id: BigInt(reads) };
    const change = { position, content: { id: String(reads) } as never, json: '{}', before: null, after: null };
    return { changes: [change], next: position, more: true };
  };
  return { next } as unknown as ChangeFeed;
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise(setImmediate);
}

describe('A stream of changes', () => {
  it('writes no more before the client has taken it, and cuts it off after 30 seconds', async () => {
    const response = new Response(false);
    const stream = new ChangeStream(response as unknown as ServerResponse, feed(), START, null);
    const running = stream.run();
    await turns(50);
    expect(response.written).toHaveLength(2);
    for (let beats = 1; beats < 6; beats += 1) stream.beat();
    expect(response.destroyed).toBe(false);
    stream.beat();
    expect(response.destroyed).toBe(true);
    await running;
  });

  it('goes on where it was when the client has taken it', async () => {
    const response = new Response(false);
    const stream = new ChangeStream(response as unknown as ServerResponse, feed(), START, null);
    const running = stream.run();
    await turns(20);
    response.emit('drain');
    await turns(20);
    expect(response.written.at(-1)).toBe('id: 2\nevent: change\ndata: {}\n\n');
    stream.end();
    await running;
  });

  it('ends at once for a client who left before it began', async () => {
    const response = new Response(true);
    response.destroy();
    await new ChangeStream(response as unknown as ServerResponse, feed(), START, null).run();
    expect(response.written).toEqual([]);
  });

  it('outlasts a database that is out of reach', async () => {
    const response = new Response(false);
    const stream = new ChangeStream(response as unknown as ServerResponse, feed(1), START, null);
    const running = stream.run();
    await turns(20);
    expect(response.written).toHaveLength(1);
    stream.beat();
    await turns(20);
    expect(response.written.at(-1)).toContain('event: change');
    stream.end();
    await running;
  });
});
