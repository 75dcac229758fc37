const HOUR_MS = 3_600_000;

/** Limits each message to one an hour, so that a trouble that comes and goes does not fill the log. */
export class LoggedLately {
  /** When each was logged, epoch milliseconds; the earliest first. */
  private readonly logged = new Map<string, number>();

  /** Whether to log it now. If so, it counts as logged. */
  isNew(what: string, now: Date): boolean {
    this.forget(now.getTime() - HOUR_MS);
    if (this.logged.has(what)) return false;
    this.logged.set(what, now.getTime());
    return true;
  }

  private forget(until: number): void {
    for (const [what, at] of this.logged) {
      if (at > until) return;
      this.logged.delete(what);
    }
  }
}
