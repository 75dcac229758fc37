/** What time it is: injected wherever time matters, so that tests can hold it in their hands. */
export abstract class Clock {
  abstract now(): Date;
}

/**
 * The machine's clock, set right by the database's. Replicas share deadlines, leases and the budget through one
 * database; were each to trust its own clock, one that runs a minute ahead would take the others' leases for expired.
 */
export class SystemClock extends Clock {
  private offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /**
   * @param read asks the database for its time, epoch milliseconds
   * @returns the offset now in use, milliseconds; a difference within the round trip counts as none
   */
  async alignWith(read: () => Promise<number>): Promise<number> {
    const sent = Date.now();
    const theirs = await read();
    const received = Date.now();
    const offset = theirs - (sent + received) / 2;
    this.offsetMs = Math.abs(offset) <= (received - sent) / 2 + 5 ? 0 : Math.round(offset);
    return this.offsetMs;
  }
}
