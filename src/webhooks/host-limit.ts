/** How many messages one host receives at a time from this process. */
const MOST_PER_HOST = 4;

/** Keeps one slow host from holding many connections. Others are not delayed by it. */
export class HostLimit {
  private readonly sending = new Map<string, number>();
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly most = MOST_PER_HOST) {}

  /** Runs `send` when the host has a place. In the order of arrival. */
  async run<T>(host: string, send: () => Promise<T>): Promise<T> {
    const sending = this.sending.get(host) ?? 0;
    if (sending < this.most) this.sending.set(host, sending + 1);
    else await new Promise<void>((resolve) => this.waiting.set(host, [...(this.waiting.get(host) ?? []), resolve]));
    try {
      return await send();
    } finally {
      this.leave(host);
    }
  }

  private leave(host: string): void {
    const [next, ...others] = this.waiting.get(host) ?? [];
    if (others.length === 0) this.waiting.delete(host);
    else this.waiting.set(host, others);
    // The place is handed on.
    if (next) next();
    else this.sending.set(host, (this.sending.get(host) ?? 1) - 1);
    if (this.sending.get(host) === 0) this.sending.delete(host);
  }
}
