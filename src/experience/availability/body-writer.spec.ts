import { describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '../../inventory/index.js';
import { BodyWriter } from './body-writer.js';

const AT = Date.parse('2026-03-01T10:00:00.123Z');

function write(writer: BodyWriter, at: number | null, name = 'Zoë') {
  writer.begin();
  writer.add(`{"name":"${name}","asOf":`);
  writer.addInstant(at);
  writer.add(',"rest":[]');
  const { body, tag } = writer.end(',"cursor":"x"}');
  return { body: body.toString(), tag };
}

describe('a body that is written part by part', () => {
  it('has all its parts, one after the other', () => {
    const writer = new BodyWriter();
    expect(write(writer, AT).body).toBe('{"name":"Zoë","asOf":"2026-03-01T10:00:00.123Z","rest":[],"cursor":"x"}');
    expect(write(writer, null).body).toBe('{"name":"Zoë","asOf":null,"rest":[],"cursor":"x"}');
  });

  it('has a tag that no instant and no tail changes', () => {
    const writer = new BodyWriter();
    const { tag } = write(writer, AT);
    expect(tag).toHaveLength(fingerprintOf('').length);
    expect(write(writer, AT + 1).tag).toBe(tag);
    expect(write(writer, AT, 'Zoe').tag).not.toBe(tag);
    expect(write(writer, null).tag).not.toBe(tag);
  });

  it('may have an instant of a year with more digits', () => {
    const { body } = write(new BodyWriter(), Date.UTC(10_000, 0, 1));
    expect(body).toContain('"asOf":"+010000-01-01T00:00:00.000Z","rest"');
  });

  it('is its own: the next one does not change it', () => {
    const writer = new BodyWriter();
    writer.add('[1]');
    const { body } = writer.end('');
    write(writer, AT);
    expect(body.toString()).toBe('[1]');
  });

  it('forgets what was begun and not ended', () => {
    const writer = new BodyWriter();
    writer.add('"never ended');
    writer.addInstant(AT);
    expect(write(writer, AT)).toEqual(write(new BodyWriter(), AT));
  });

  it.each([300_000, 5_000_000])('may be of %d bytes', (bytes) => {
    const writer = new BodyWriter();
    const long = 'ü'.repeat(bytes / 2);
    for (let i = 0; i < 2; i++) {
      const { body } = write(writer, AT, long);
      expect(body).toBe(write(new BodyWriter(), AT).body.replace('Zoë', long));
    }
  });
});
