/** A terminal gets a bar that moves, anything else plain lines. */
export interface Output {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
}

const WIDTH = 30;
const CLEAR_LINE = '\r\u001b[K';

/** Shows how far a command is. */
export class Progress {
  private shownTenth = -1;

  constructor(private readonly out: Output) {}

  show(done: number, total: number, text: string): void {
    const share = total === 0 ? 0 : done / total;
    if (this.out.isTTY === true) {
      const full = Math.floor(share * WIDTH);
      this.out.write(`${CLEAR_LINE}${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}`);
      return;
    }
    // One line per tenth: a log is not a terminal.
    const tenth = Math.floor(share * 10);
    if (total === 0 || tenth === this.shownTenth) return;
    this.shownTenth = tenth;
    this.out.write(`${text}\n`);
  }

  /** Clears the bar: the result follows. */
  end(): void {
    if (this.out.isTTY === true) this.out.write(CLEAR_LINE);
  }
}
