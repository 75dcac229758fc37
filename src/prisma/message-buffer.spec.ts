import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MessageBuffer } from './message-buffer.js';

/** A message as PostgreSQL sends it: a type, its length without the type, and content. */
function messageOf(content: number, fill: number): Buffer {
  const message = Buffer.alloc(5 + content, fill);
  message.write('D', 0);
  message.writeInt32BE(4 + content, 1);
  return message;
}

/** Writes the stream in parts of these lengths, repeated, or of less where there is less room. @returns what was handed on each time */
function handedOn(buffer: MessageBuffer, stream: Buffer, parts: readonly number[]): Buffer[] {
  const handed: Buffer[] = [];
  let at = 0;
  for (let i = 0; at < stream.length; i++) {
    const room = buffer.room();
    const count = Math.min(room.length, parts[i % parts.length] ?? 1, stream.length - at);
    stream.copy(room, 0, at, at + count);
    at += count;
    buffer.wrote(count, (messages) => handed.push(Buffer.from(messages)));
  }
  return handed;
}

function isWhole(messages: Buffer): boolean {
  let at = 0;
  while (at < messages.length) at += 1 + messages.readInt32BE(at + 1);
  return at === messages.length;
}

const KB = 1_024;

describe('what arrives from PostgreSQL', () => {
  it('is handed on in whole messages, without a byte missing, however it arrives', () => {
    const contents = fc.array(fc.oneof(fc.nat(100), fc.nat(20 * KB), fc.integer({ min: 60 * KB, max: 300 * KB })), {
      maxLength: 12,
    });
    const parts = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 64 * KB })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(contents, parts, (lengths, counts) => {
        // Bytes by the handful are for short streams.
        const few = lengths.some((length) => length > 100) ? counts.map((count) => Math.max(count, 3_000)) : counts;
        const stream = Buffer.concat(lengths.map((length, i) => messageOf(length, i + 1)));
        const handed = handedOn(new MessageBuffer(), stream, few);
        expect(Buffer.concat(handed).equals(stream)).toBe(true);
        expect(handed.every(isWhole)).toBe(true);
      }),
    );
  });

  it('is handed on as soon as it is whole', () => {
    const [first, second] = [messageOf(10, 1), messageOf(20, 2)];
    const handed = handedOn(new MessageBuffer(), Buffer.concat([first, second]), [first.length + 1, 24]);
    expect(handed).toEqual([first, second]);
  });

  it.each([0, 3])('is no PostgreSQL if a message has the length %d', (length) => {
    const message = messageOf(0, 1);
    message.writeUInt32BE(length, 1);
    expect(() => handedOn(new MessageBuffer(), message, [5])).toThrow(`cannot have the length ${length}`);
  });

  it.each(['HTTP/1.1 400 Bad Request', 'D\x80\0\0\0 and so on', 'D\xff\xff\xff\xff and so on'])(
    'does not make room for a long message before it comes: %j',
    (text) => {
      const buffer = new MessageBuffer();
      const { length } = buffer.room();
      expect(handedOn(buffer, Buffer.from(text, 'latin1'), [100])).toEqual([]);
      expect(buffer.room()).toHaveLength(length - text.length);
      handedOn(buffer, Buffer.alloc(length), [length]);
      expect(buffer.room()).toHaveLength(length - text.length);
    },
  );

  it('has no more memory than before, once a long message is over', () => {
    const buffer = new MessageBuffer();
    const { length } = buffer.room();
    handedOn(buffer, messageOf(10 * length, 1), [length]);
    expect(buffer.room()).toHaveLength(length);
  });
});
