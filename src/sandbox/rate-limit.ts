const WINDOW = 60_000;

export type Decision = { accepted: true } | { accepted: false; reset: number };

/** A sliding window: never more than so many accepted requests in any 60 seconds. What was refused does not count. */
export class RateLimit {
  private readonly acceptedAt: number[] = [];

  constructor(readonly requestsPerMinute: number) {}

  take(now: number): Decision {
    this.forgetUntil(now - WINDOW);
    const [oldest] = this.acceptedAt;
    if (oldest !== undefined && this.acceptedAt.length >= this.requestsPerMinute) {
      return { accepted: false, reset: oldest + WINDOW };
    }
    this.acceptedAt.push(now);
    return { accepted: true };
  }

  /** How many more would be accepted now. */
  remaining(now: number): number {
    this.forgetUntil(now - WINDOW);
    return Math.max(0, this.requestsPerMinute - this.acceptedAt.length);
  }

  /** A request leaves the window exactly 60 seconds after it came. */
  private forgetUntil(instant: number): void {
    const firstKept = this.acceptedAt.findIndex((at) => at > instant);
    this.acceptedAt.splice(0, firstKept === -1 ? this.acceptedAt.length : firstKept);
  }
}

/** The body of a 429. */
export function rateLimitBody(reset: number): { rateLimitState: { reset: number } } {
  return { rateLimitState: { reset } };
}
