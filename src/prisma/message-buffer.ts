/** As much as Node reads at once, bytes. */
const ROOM = 64 * 1_024;
/** The type of a message, and its length. */
const HEADER = 5;
const TYPE = 1;

/**
 * Memory that a connection to PostgreSQL reads into again and again. It hands on whole messages: of one that has arrived in part, the
 * driver would copy what it has with each part that arrives.
 */
export class MessageBuffer {
  private bytes = Buffer.allocUnsafeSlow(ROOM);
  /** How many of them have arrived and were not handed on: the beginning of a message. */
  private length = 0;

  /** Where the next bytes are to be written. */
  room(): Buffer {
    return this.bytes.subarray(this.length);
  }

  /**
   * So many bytes were written there.
   * @param handOn gets the messages that are whole. They are overwritten when it returns.
   */
  wrote(count: number, handOn: (messages: Buffer) => void): void {
    const length = this.length + count;
    let end = 0;
    let next = this.endOfMessage(end, length);
    while (next <= length) {
      end = next;
      next = this.endOfMessage(end, length);
    }
    if (end > 0) handOn(this.bytes.subarray(0, end));
    this.keep(end, length, next - end);
  }

  /** @returns infinite: not known yet */
  private endOfMessage(start: number, length: number): number {
    return start + HEADER > length ? Infinity : start + TYPE + this.bytes.readInt32BE(start + TYPE);
  }

  /** @param message the length of the one that has begun; infinite: not known yet */
  private keep(start: number, end: number, message: number): void {
    const size = Math.max(ROOM, Number.isFinite(message) ? message : 0);
    this.length = end - start;
    if (size === this.bytes.length) this.bytes.copyWithin(0, start, end);
    else {
      const others = Buffer.allocUnsafeSlow(size);
      this.bytes.copy(others, 0, start, end);
      this.bytes = others;
    }
  }
}
