/** Whether the page knows what the server knows: the stream of events is there, and requests are answered. */
export class ServerSight {
  private isLive = true;
  private isAnswered = true;
  private heardAt = Date.now();
  private answeredAt = Date.now();
  private figuresOf: number | undefined;

  /** @param changed it was lost, or is there again */
  constructor(private readonly changed: () => void) {}

  get lost(): boolean {
    return !this.isLive || !this.isAnswered;
  }

  /** Epoch milliseconds: what is shown is as it was then. Events may come while no request is answered. */
  get asOf(): number {
    return this.isAnswered ? this.heardAt : this.answeredAt;
  }

  /** The same of the figures; undefined: they are of now. */
  get figuresAsOf(): number | undefined {
    return this.lost ? this.asOf : this.figuresOf;
  }

  live(yes: boolean): void {
    this.isLive = yes;
    this.changed();
  }

  /** An event came. */
  heard(): void {
    this.heardAt = Date.now();
  }

  /** A status came. @param figuresOf its figures are of then, epoch milliseconds; undefined: of now */
  answered(figuresOf: number | undefined): void {
    this.heard();
    this.answeredAt = this.heardAt;
    this.figuresOf = figuresOf;
    this.isAnswered = true;
    this.changed();
  }

  /** The server could not be reached, or could not answer. */
  failed(): void {
    this.isAnswered = false;
    this.changed();
  }
}
