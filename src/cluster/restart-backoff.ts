/** The pause doubles from the second end on. */
const FIRST_PAUSE_MS = 250;
export const LONGEST_PAUSE_MS = 10_000;
/** So many in a row that never served: the next one won't either. */
export const MOST_FAILED_STARTS = 5;

/** How long to wait before a worker that ended is replaced: not at all, unless it ends again and again. */
export class RestartBackoff {
  private ends = 0;
  private failedStarts = 0;

  /**
   * A worker ended, and it had served or not.
   * @returns the pause in milliseconds; undefined: no further try
   */
  ended(served: boolean): number | undefined {
    this.ends += 1;
    this.failedStarts = served ? 0 : this.failedStarts + 1;
    if (this.failedStarts >= MOST_FAILED_STARTS) return undefined;
    return this.ends === 1 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (this.ends - 2), LONGEST_PAUSE_MS);
  }

  /** A worker has served for so long that what ended those before it is over. */
  renew(): void {
    this.ends = 0;
  }
}
