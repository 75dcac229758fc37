const FIRST_MS = 5;
const LONGEST_MS = 250;

/** Tries again after a pause that doubles while nothing comes of it. One at a time. */
export class Retry {
  private timer: NodeJS.Timeout | undefined;
  private pauseMs = FIRST_MS;

  constructor(private readonly run: () => void) {}

  /** @param progress something came of the last one */
  soon(progress: boolean): void {
    if (progress) this.cancel();
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.run();
    }, this.pauseMs).unref();
    this.pauseMs = Math.min(LONGEST_MS, this.pauseMs * 2);
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pauseMs = FIRST_MS;
  }
}
