import { setTimeout as sleep } from 'node:timers/promises';

/** How long an interrupted bench may take to notice; what it starts meanwhile is undone too. */
const NOTICE_MS = 10_000;

/** What a bench started: undone in reverse order when it is over, also when it fails or is interrupted. */
export class Scope {
  private readonly undo: (() => unknown)[] = [];
  private closing: Promise<void> = Promise.resolve();

  static async run<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
    const scope = new Scope();
    const working = work(scope);
    let ending: Promise<never> | undefined;
    const interrupted = (signal: NodeJS.Signals) => {
      ending = scope.interrupt(working).then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    try {
      return await working;
    } finally {
      await scope.close();
      // What fails because of the interruption is not worth telling.
      await ending;
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    }
  }

  defer(undo: () => unknown): void {
    this.undo.push(undo);
  }

  private async interrupt(working: Promise<unknown>): Promise<void> {
    await this.close();
    await Promise.race([working.catch(() => undefined), sleep(NOTICE_MS)]);
    await this.close();
  }

  /** One after the other, also when two ask for it. */
  private close(): Promise<void> {
    this.closing = this.closing.then(() => this.undoAll());
    return this.closing;
  }

  private async undoAll(): Promise<void> {
    for (let undo = this.undo.pop(); undo; undo = this.undo.pop()) {
      try {
        await undo();
      } catch (error) {
        process.stderr.write(`cleaning up: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  }
}
