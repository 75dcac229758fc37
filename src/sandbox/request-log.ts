/** What a request asks for, as far as it can be read from it. */
export interface RequestTarget {
  api: 'leap' | 'octo';
  experienceId: number | null;
  date: string | null;
  /** Inclusive. */
  lastDate: string | null;
}

export interface LoggedRequest extends RequestTarget {
  /** Epoch milliseconds of its arrival. */
  at: number;
  /** Method and path below the root of the API, with the names of parameters: `POST /availability`. */
  route: string;
  /** The OCTO option; null for Leap, which has none. */
  option: string | null;
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
