/** Whoever asks while the work is under way shares its result, so that asking more often at a time costs no more. */
export class JointWork<T> {
  private running: Promise<T> | undefined;

  constructor(private readonly work: () => Promise<T>) {}

  /** What it ends with is not kept: who asks after that has it done anew. */
  run(): Promise<T> {
    this.running ??= this.work().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }
}
