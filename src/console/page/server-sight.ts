/** Whether the page knows what the server knows: the stream of events is there, and requests are answered. */
export class ServerSight {
  private isLive = true;
  private isAnswered = true;
  private heardAt = Date.now();

  /** @param changed it was lost, or is there again */
  constructor(private readonly changed: () => void) {}

  get lost(): boolean {
    return !this.isLive || !this.isAnswered;
  }

  /** Epoch milliseconds: what is shown is as it was then. */
  get asOf(): number {
    return this.heardAt;
  }

  live(yes: boolean): void {
    this.isLive = yes;
    this.changed();
  }

  /** An event came. */
  heard(): void {
    this.heardAt = Date.now();
  }

  /** A status came. */
  answered(): void {
    this.heard();
    this.isAnswered = true;
    this.changed();
  }

  /** The server could not be reached, or could not answer. */
  failed(): void {
    this.isAnswered = false;
    this.changed();
  }
}
