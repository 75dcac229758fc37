import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Change, ChangePage } from '../../src/changes/change.shape.js';

/** Where a reader may ask: any replica that runs at the moment. */
export type Place = () => string;

/** Reads the feed as a client does, and notes what it was given. */
export abstract class FeedReader {
  readonly seen: Change[] = [];
  protected cursor: string;
  private running: Promise<void> | undefined;
  protected stopped = false;

  constructor(
    protected readonly place: Place,
    cursor: string,
  ) {
    this.cursor = cursor;
  }

  start(): void {
    this.stopped = false;
    this.running = this.run();
  }

  /** It goes on where it was when it is started again. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.interrupt();
    await this.running;
  }

  protected abstract read(): Promise<void>;
  protected abstract interrupt(): void;

  private async run(): Promise<void> {
    // A replica that stops meanwhile answers nothing: another one is asked.
    while (!this.stopped) await this.read().catch(() => sleep(10));
  }
}

/** Pages of changing sizes; with `wait` it waits at the server. */
export class PollingReader extends FeedReader {
  private polls = 0;

  constructor(
    place: Place,
    cursor: string,
    private readonly wait: number,
  ) {
    super(place, cursor);
  }

  protected async read(): Promise<void> {
    const limit = 1 + ((this.polls++ * 7) % 30);
    const wait = this.wait > 0 ? `&wait=${this.wait}` : '';
    const answer = await fetch(`${this.place()}/api/v1/changes?cursor=${this.cursor}&limit=${limit}${wait}`);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    const page = (await answer.json()) as ChangePage;
    this.seen.push(...page.changes);
    this.cursor = page.nextCursor;
  }

  protected interrupt(): void {
    return;
  }
}

/** Server-sent events; a broken stream is resumed by the last event's id. */
export class StreamReader extends FeedReader {
  private close: (() => void) | undefined;

  protected read(): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = { 'last-event-id': this.cursor };
      const request = httpRequest(`${this.place()}/api/v1/changes/stream`, { headers, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          const blocks = (text + part).split('\n\n');
          text = blocks.pop() ?? '';
          if (!this.stopped) blocks.forEach((block) => this.take(block));
        });
        response.on('close', resolve).on('error', () => undefined);
      });
      this.close = () => request.destroy();
      request.on('error', reject).end();
      if (this.stopped) request.destroy();
    });
  }

  /** Breaks the connection off, as a network does. */
  interrupt(): void {
    this.close?.();
  }

  private take(block: string): void {
    const lines = block.split('\n');
    const data = lines.find((line) => line.startsWith('data: '));
    const id = lines.find((line) => line.startsWith('id: '));
    if (data !== undefined) this.seen.push(JSON.parse(data.slice('data: '.length)) as Change);
    if (id !== undefined) this.cursor = id.slice('id: '.length);
  }
}
