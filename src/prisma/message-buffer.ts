/** As much as Node reads at once, bytes. */
const ROOM = 64 * 1_024;
/** The type of a message, and its length. */
const HEADER = 5;
const TYPE = 1;
/** The length counts itself. */
const SHORTEST = 4;

/**
 * Memory that a connection to PostgreSQL reads into again and again. It hands on whole messages: of one that has arrived in part, the
 * driver would copy what it has with each part that arrives.
 */
export class MessageBuffer {
  private bytes = Buffer.allocUnsafeSlow(ROOM);
  /** How many bytes at its beginning are the start of a message that is not whole yet. */
  private length = 0;

  /** Where the next bytes are to be written. */
  room(): Buffer {
    return this.bytes.subarray(this.length);
  }

  /**
   * So many bytes were written there.
   * @param handOn gets the messages that are whole. The next read overwrites them: the driver keeps nothing of them but the salt of
   * an MD5 login, which it uses before the server sends more, and the data of COPY, which is not used here.
   * @throws RangeError if these are no messages
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
    if (start + HEADER > length) return Infinity;
    const own = this.bytes.readUInt32BE(start + TYPE);
    if (own < SHORTEST) throw new RangeError(`a message of PostgreSQL cannot have the length ${own}`);
    return start + TYPE + own;
  }

  /**
   * Moves what is left to the beginning.
   * @param start the first byte of it @param end the first behind it
   * @param message how long the message is that it begins; infinite: not known yet
   */
  private keep(start: number, end: number, message: number): void {
    this.length = end - start;
    const size = this.sizeFor(Number.isFinite(message) ? message : 0);
    if (size === this.bytes.length) {
      this.bytes.copyWithin(0, start, end);
      return;
    }
    const next = Buffer.allocUnsafeSlow(size);
    this.bytes.copy(next, 0, start, end);
    this.bytes = next;
  }

  /** A length is not believed at once: who sends it may be no PostgreSQL. */
  private sizeFor(message: number): number {
    const { length } = this.bytes;
    if (message <= ROOM) return ROOM;
    return this.length < length ? length : Math.min(message, 2 * length);
  }
}
