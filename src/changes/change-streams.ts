import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Position } from '../inventory/index.js';
import { Every } from '../time/index.js';
import { ChangeFeed } from './change-feed.js';
import { ChangeStream } from './change-stream.js';
import type { Experiences } from './waiters.js';

/** The open streams of this process. */
@Injectable()
export class ChangeStreams implements OnModuleDestroy {
  private readonly streams = new Set<ChangeStream>();

  constructor(private readonly feed: ChangeFeed) {}

  get open(): number {
    return this.streams.size;
  }

  /** Streams to `response` until either side ends it. */
  async run(response: ServerResponse, from: Position, experiences: Experiences): Promise<void> {
    const stream = new ChangeStream(response, this.feed, from, experiences);
    this.streams.add(stream);
    await stream.run().finally(() => this.streams.delete(stream));
  }

  @Every({ periods: ['5s'], what: 'keeping the streams of changes alive' })
  beat(): Promise<void> {
    for (const stream of this.streams) stream.beat();
    return Promise.resolve();
  }

  /** Streams do not end by themselves, and the server waits for all responses to end. */
  onModuleDestroy(): void {
    for (const stream of this.streams) stream.end();
  }
}
