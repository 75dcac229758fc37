/**
 * How long committed changes have waited for an older transaction that is still open. Under load there always are some that
 * wait for a moment; so it counts from when the oldest running transaction last became another one.
 */
export class FeedLag {
  private oldest: { readonly safeXid: string; readonly since: number } | undefined;

  /** What a read of the feed saw. */
  note(held: boolean, safeXid: string, nowMs: number): void {
    if (!held) this.oldest = undefined;
    else if (this.oldest?.safeXid !== safeXid) this.oldest = { safeXid, since: nowMs };
  }

  secondsAt(nowMs: number): number {
    return this.oldest ? Math.max(0, nowMs - this.oldest.since) / 1_000 : 0;
  }
}
