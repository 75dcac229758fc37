/** Looks so often within the time that a read may take; so much later than that a late one may be found. */
const LOOKS = 10;

interface Running {
  readonly since: number;
  readonly late: () => void;
}

/**
 * Ends reads that take too long. One timer for all of them, and not one for each (`query_timeout` of pg): the closures of
 * timers that were set and cleared again survive what they belong to, and cost a quarter of what a read costs.
 */
export class ReadDeadline {
  /** By place: a place is taken again when its read is over. */
  private readonly running: (Running | undefined)[] = [];
  private looks = 0;
  private readonly timer: NodeJS.Timeout;

  /** @param limitMs what a read may take */
  constructor(limitMs: number) {
    this.timer = setInterval(() => {
      this.look();
    }, limitMs / LOOKS).unref();
  }

  /**
   * A read begins.
   * @param late called once, when it takes too long
   * @returns ends it; false: it was late
   */
  begin(late: () => void): () => boolean {
    const free = this.running.indexOf(undefined);
    const place = free < 0 ? this.running.length : free;
    const read = { since: this.looks, late };
    this.running[place] = read;
    return () => {
      if (this.running[place] !== read) return false;
      this.running[place] = undefined;
      return true;
    };
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    this.looks++;
    this.running.forEach((read, place) => {
      // The first look came at any moment after it began.
      if (!read || this.looks - read.since <= LOOKS) return;
      this.running[place] = undefined;
      read.late();
    });
  }
}
