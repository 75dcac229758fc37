import type { BackfillReport } from '../sync/index.js';

/** A terminal gets a bar that moves, anything else plain lines. */
export type Output = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };

const WIDTH = 30;

/** Shows how far a pass got. */
export class PassProgress {
  private shownStep = -1;

  constructor(private readonly out: Output) {}

  show(report: BackfillReport): void {
    const { days, left } = report;
    const share = days === 0 ? 1 : (days - left) / days;
    if (this.out.isTTY === true) {
      const full = Math.floor(share * WIDTH);
      this.out.write(`\r\u001b[K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${line(report)}`);
      return;
    }
    // One line per tenth: a log is not a terminal.
    const step = Math.floor(share * 10);
    if (step === this.shownStep) return;
    this.shownStep = step;
    this.out.write(`${line(report)}\n`);
  }

  end(report: BackfillReport): void {
    if (this.out.isTTY === true) this.out.write('\r\u001b[K');
    this.out.write(`${outcome(report)}\n`);
  }
}

function line({ days, left, changed, failed }: BackfillReport): string {
  return `${days - left} of ${days} days, ${changed} changed${failed > 0 ? `, ${failed} failed` : ''}`;
}

const WHY: Readonly<Record<BackfillReport['state'], string>> = {
  running: 'Not done yet',
  done: 'Done',
  incomplete: 'Done, but for what failed (it is tried again)',
  paused: 'The sync is paused (POST /api/v1/sync/resume ends that)',
  refused: 'The supplier refuses for now',
  outage: 'The supplier does not answer',
  stopped: 'Stopped',
};

function outcome(report: BackfillReport): string {
  if (report.days === 0) return 'Nothing to do: every day is as fresh as promised.';
  return `${WHY[report.state]}: ${line(report)}${report.left > 0 ? `, ${report.left} left` : ''}.`;
}
