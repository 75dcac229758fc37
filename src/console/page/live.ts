import type { Api } from './api.js';
import { followEvents } from './live-stream.js';
import { hiding, shown } from './page-sight.js';

export type Heard = (event: string, data: unknown) => void;

/** What tabs tell one another; the one that has the stream answers `who`. */
type Word =
  | { readonly kind: 'who' }
  /** Which stream is followed from now on; null: it broke. */
  | { readonly kind: 'stream'; readonly stream: string | null }
  | { readonly kind: 'event'; readonly event: string; readonly data: unknown };

const NAME = 'slotmirror live';
const RETRY_MS = 2_000;
/** What the page loads when it opens is taken for so new that nothing was missed before its first stream. */
const JUST_OPENED_MS = 1_000;

/**
 * Follows the server's events while the page is shown; connects again by itself, and says which it is.
 *
 * Over HTTP/1.1 a browser has six connections to a server, for all its tabs, and a stream holds one. So one tab has the
 * stream and tells the others what it hears; whichever holds the lock is the one, and the browser passes the lock on
 * when that tab is closed, crashes, is hidden, or loses its stream. Browsers have locks only on pages that came over
 * HTTPS or from the same machine: elsewhere each tab that is shown has a stream, and a hidden one has none.
 */
export class Live {
  private readonly tabs = 'locks' in navigator ? new BroadcastChannel(NAME) : undefined;
  /** The stream that this tab has, and the one up to which the page knows everything. */
  private own: string | null = null;
  private known: string | null = null;
  private hadStream = false;
  private readonly openedAt = Date.now();

  constructor(
    private readonly api: Api,
    private readonly hear: Heard,
    private readonly connected: (yes: boolean) => void,
  ) {}

  start(): void {
    this.tabs?.addEventListener('message', ({ data }: MessageEvent<Word>) => this.take(data));
    void this.run();
  }

  private async run(): Promise<void> {
    for (;;) {
      await shown();
      const hidden = hiding();
      this.tabs?.postMessage({ kind: 'who' } satisfies Word);
      // Whatever broke it, or left this tab without its turn: it is tried again.
      await this.inTurn(hidden).catch(() => undefined);
      if (hidden.aborted) this.known = null;
      else await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  private async inTurn(hidden: AbortSignal): Promise<void> {
    if (!this.tabs) await this.follow(hidden);
    else await navigator.locks.request(NAME, { signal: hidden }, () => this.follow(hidden));
  }

  private async follow(hidden: AbortSignal): Promise<void> {
    try {
      await followEvents(this.api.key, hidden, {
        connected: () => this.use((this.own = `${Date.now()} ${Math.random()}`)),
        heard: (event, data) => {
          this.tabs?.postMessage({ kind: 'event', event, data } satisfies Word);
          this.hear(event, data);
        },
      });
    } finally {
      this.own = null;
      // Said before the lock is let go: it must not come after what the next one says.
      if (!hidden.aborted) this.use(null);
    }
  }

  /** This tab has another stream than before, or none. */
  private use(stream: string | null): void {
    this.tabs?.postMessage({ kind: 'stream', stream } satisfies Word);
    this.on(stream);
  }

  private take(word: Word): void {
    if (word.kind === 'who') {
      if (this.own !== null) this.tabs?.postMessage({ kind: 'stream', stream: this.own } satisfies Word);
    } else if (document.hidden) return;
    else if (word.kind === 'stream') this.on(word.stream);
    else this.hear(word.event, word.data);
  }

  /** What happened between two streams is read anew. */
  private on(stream: string | null): void {
    this.connected(stream !== null);
    const isNew = stream !== null && stream !== this.known;
    const justOpened = !this.hadStream && Date.now() - this.openedAt <= JUST_OPENED_MS;
    if (isNew && !justOpened) this.hear('resync', {});
    this.hadStream ||= stream !== null;
    this.known = stream;
  }
}
