import { fillLine, isFull, type Fill } from './first-fill.js';

/** What the demo writes to: a terminal gets a bar that moves, anything else plain lines. */
export type Output = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };

/** Shows the first fill as it goes on. */
export class FillProgress {
  private shownStep = -1;

  constructor(private readonly out: Output) {}

  /** @returns whether it is complete */
  show(fill: Fill): boolean {
    if (this.out.isTTY === true) this.out.write(`\r\u001b[K${fillLine(fill)}`);
    else this.writeStep(fill);
    if (isFull(fill)) this.out.write('\n');
    return isFull(fill);
  }

  /** One line per tenth: a log is not a terminal. */
  private writeStep(fill: Fill): void {
    const step = fill.days === 0 ? -1 : Math.floor((fill.confirmed / fill.days) * 10);
    if (step === this.shownStep) return;
    this.shownStep = step;
    this.out.write(`${fillLine(fill)}${isFull(fill) ? '' : '\n'}`);
  }
}
