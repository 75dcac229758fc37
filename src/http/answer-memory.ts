/** Memory comes in multiples of this, so that what one answer leaves fits another. Bytes. */
const GRAIN = 1_024;

/**
 * Memory of finished answers, which is used again. Left to the garbage collector, what is dropped stays: it looks at
 * memory outside of its heap only after each 64 MB of it, which is more than the answers that are kept.
 */
export class AnswerMemory {
  /** By size. */
  private readonly free = new Map<number, Buffer[]>();
  private freeBytes = 0;

  /** @param mostFree bytes that are kept to be used again */
  constructor(private readonly mostFree: number) {}

  /** What a text of so many bytes takes. */
  static sizeOf(length: number): number {
    return Math.ceil(length / GRAIN) * GRAIN;
  }

  /** A copy of the text in UTF-8. */
  hold(text: string): Buffer {
    const length = Buffer.byteLength(text);
    const bytes = this.take(AnswerMemory.sizeOf(length)).subarray(0, length);
    bytes.write(text);
    return bytes;
  }

  /** Nobody reads it any more. @param bytes from `hold` */
  giveBack(bytes: Buffer): void {
    const size = bytes.buffer.byteLength;
    if (this.freeBytes + size > this.mostFree) return;
    this.freeBytes += size;
    const alike = this.free.get(size);
    if (alike) alike.push(Buffer.from(bytes.buffer));
    else this.free.set(size, [Buffer.from(bytes.buffer)]);
  }

  private take(size: number): Buffer {
    const used = this.free.get(size)?.pop();
    if (!used) return Buffer.allocUnsafeSlow(size);
    this.freeBytes -= size;
    return used;
  }
}
