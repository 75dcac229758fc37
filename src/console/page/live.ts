import type { Api } from './api.js';

export type Heard = (event: string, data: unknown) => void;

const RETRY_MS = 2_000;
/** The server says something at least every 15 seconds. */
const SILENCE_MS = 40_000;

/** Follows the server's events for as long as the page is open; connects again by itself, and says which it is. */
export class Live {
  private readonly stopped = new AbortController();

  constructor(
    private readonly api: Api,
    private readonly hear: Heard,
    private readonly connected: (yes: boolean) => void,
  ) {}

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopped.abort();
  }

  private async run(): Promise<void> {
    for (let first = true; !this.stopped.signal.aborted; first = false) {
      try {
        await this.follow(!first);
      } catch {
        // Whatever broke it: it is tried again.
      }
      this.connected(false);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  private async follow(again: boolean): Promise<void> {
    const silence = new AbortController();
    const signal = AbortSignal.any([this.stopped.signal, silence.signal]);
    const headers = { authorization: `Bearer ${this.api.key}` };
    const answer = await fetch('/api/v1/sync/events', { headers, signal, cache: 'no-store' });
    if (!answer.ok || !answer.body) throw new Error(`answered ${answer.status}`);
    this.connected(true);
    if (again) this.hear('resync', {});
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let waiting = '';
    for (;;) {
      const timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      const blocks = (waiting + value).split('\n\n');
      waiting = blocks.pop() ?? '';
      blocks.forEach((block) => this.take(block));
    }
  }

  private take(block: string): void {
    const event = /^event: (.*)$/m.exec(block)?.[1];
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (event !== undefined && data !== undefined) this.hear(event, JSON.parse(data));
  }
}
