import { fingerprintOf } from '../../inventory/index.js';
import { instantText } from '../instants.js';

/** Bytes. */
const AT_FIRST = 256 * 1_024;
/** Memory that has grown beyond this is given back. */
const MOST_KEPT = 4 * 1_024 * 1_024;
/** A character takes so many bytes at most, counted as strings count them. */
const CHARACTER = 3;
/** Stands for an instant until the tag is known. */
const BLANK = instantText(0);

/**
 * Writes one body after the other, part by part, into memory of its own. As text the parts would be joined, measured, hashed and
 * encoded. Each of these copies a long body into fresh memory, which takes longer than to read its days.
 */
export class BodyWriter {
  private bytes = Buffer.allocUnsafeSlow(AT_FIRST);
  private length = 0;
  private instants: { readonly text: string; readonly at: number }[] = [];

  /** Whatever was written before is forgotten. */
  begin(): this {
    this.length = 0;
    this.instants = [];
    return this;
  }

  /** @param text JSON */
  add(text: string): void {
    this.makeRoom(text.length * CHARACTER);
    this.length += this.bytes.write(text, this.length);
  }

  /** An instant, epoch milliseconds; null: not known. Which one it is does not belong to the content, whether it is known does. */
  addInstant(epochMs: number | null): void {
    const text = instantText(epochMs);
    if (text.length !== BLANK.length) {
      this.add(text);
      return;
    }
    this.instants.push({ text, at: this.length });
    this.add(BLANK);
  }

  /**
   * The body is complete.
   * @param tail JSON that is not part of the content
   * @returns its bytes, and the tag of its content
   */
  end(tail: string): { readonly body: Buffer; readonly tag: string } {
    const tag = fingerprintOf(this.bytes.subarray(0, this.length));
    for (const { text, at } of this.instants) this.bytes.write(text, at, 'latin1');
    this.add(tail);
    const body = Buffer.allocUnsafeSlow(this.length);
    this.bytes.copy(body, 0, 0, this.length);
    if (this.bytes.length > MOST_KEPT) this.bytes = Buffer.allocUnsafeSlow(AT_FIRST);
    return { body, tag };
  }

  private makeRoom(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + more));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
