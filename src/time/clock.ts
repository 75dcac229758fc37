/** What time it is: injected wherever time matters, so that tests can hold it in their hands. */
export abstract class Clock {
  private readonly listeners: (() => void)[] = [];

  abstract now(): Date;

  /** Has `listener` called when the clock was set: instants that are kept in memory may lie far ahead of it now. */
  onSet(listener: () => void): void {
    this.listeners.push(listener);
  }

  protected emitSet(): void {
    for (const listener of this.listeners) listener();
  }
}

/** The two clocks of a machine, milliseconds. */
export interface MachineClocks {
  /** Since 1970. It may be set, by hand or by NTP, to any other time at any moment. */
  wall(): number;
  /** Since some start. It is never set, but stands still while the machine is suspended. */
  steady(): number;
}

const MACHINE: MachineClocks = { wall: () => Date.now(), steady: () => performance.now() };

/** By how much the two may have gone apart before one of them was set, or stood still. */
const DRIFT_MS = 1_000;

/**
 * The database's clock, as it was read last, carried on by the machine's steady one. Replicas share deadlines, leases and
 * the budget through one database; were each to trust its own wall clock, one that is set ahead would take the others' leases
 * for expired, and keep all from asking until its time has come. Before the database was read it is the wall clock.
 */
export class SystemClock extends Clock {
  private aligned: { readonly at: number; readonly steady: number; readonly wall: number } | undefined;

  constructor(private readonly machine: MachineClocks = MACHINE) {
    super();
  }

  now(): Date {
    const { aligned, machine } = this;
    return new Date(aligned ? aligned.at + (machine.steady() - aligned.steady) : machine.wall());
  }

  /** How far the wall clock was ahead of the database's when that was read last, milliseconds. */
  get wallAheadMs(): number {
    return this.aligned ? this.aligned.wall - this.aligned.at : 0;
  }

  /** The wall clock was set, or the machine was suspended: only the database knows what time it is. */
  get unsure(): boolean {
    if (!this.aligned) return false;
    const { steady, wall } = this.aligned;
    return Math.abs(this.machine.wall() - wall - (this.machine.steady() - steady)) > DRIFT_MS;
  }

  /**
   * @param read asks the database for its time, epoch milliseconds
   * A difference within the round trip counts as none.
   */
  async alignWith(read: () => Promise<number>): Promise<void> {
    const sent = this.machine.steady();
    const theirs = await read();
    const steady = this.machine.steady();
    const wall = this.machine.wall();
    const half = (steady - sent) / 2;
    const difference = theirs + half - wall;
    const offset = Math.abs(difference) <= half + 5 ? 0 : Math.round(difference);
    const before = this.now().getTime();
    this.aligned = { at: wall + offset, steady, wall };
    if (Math.abs(this.now().getTime() - before) > DRIFT_MS) this.emitSet();
  }
}
