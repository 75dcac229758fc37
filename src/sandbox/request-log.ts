export interface LoggedRequest {
  /** Epoch milliseconds of its arrival. */
  at: number;
  experienceId: number | null;
  date: string | null;
  /** What it was answered with; 0 when no answer was ever to go out. */
  status: number;
}

/** Every arrival, refused ones included; the oldest make room for new ones. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  constructor(private readonly capacity: number) {}

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    // Cut seldom, for every cut moves the whole list.
    if (this.entries.length >= 2 * this.capacity) this.entries = this.entries.slice(-this.capacity);
  }

  list(): LoggedRequest[] {
    return this.entries.slice(-this.capacity).map((entry) => ({ ...entry }));
  }

  clear(): void {
    this.entries = [];
  }
}
