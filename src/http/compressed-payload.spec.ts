import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compressedPayload } from './compressed-payload.js';
import { keepEncodings } from './kept-encodings.js';
import { PageFiles } from './page-files.js';

const get = (encoding: string) => ({ method: 'GET', headers: { 'accept-encoding': encoding } }) as FastifyRequest;

/** As much of a reply as is needed; what is sent goes through the hook, as Fastify has it. */
function answerTo(request: FastifyRequest) {
  const headers = new Map<string, unknown>([['content-type', 'text/javascript; charset=utf-8']]);
  let sent: Promise<unknown> | undefined;
  const reply = {
    getHeader: (name: string) => headers.get(name),
    header: (name: string, value: unknown) => {
      headers.set(name, value);
      return reply;
    },
    send: (payload: unknown) => {
      sent = compressedPayload(request, reply as unknown as FastifyReply, payload);
      return reply;
    },
  };
  return { headers, reply: reply as unknown as FastifyReply, sent: () => sent };
}

function sentOf(payload: unknown, encoding: string): Promise<unknown> {
  const request = get(encoding);
  return compressedPayload(request, answerTo(request).reply, payload);
}

describe('what is compressed', () => {
  it('is kept in each encoding where that was asked for', async () => {
    const content = keepEncodings(Buffer.from('slot '.repeat(1_000)));
    const [first, meanwhile] = await Promise.all([sentOf(content, 'br'), sentOf(content, 'br')]);
    expect(meanwhile).toBe(first);
    expect(await sentOf(content, 'br')).toBe(first);
    expect(brotliDecompressSync(first as Buffer)).toEqual(content);
    const gzipped = await sentOf(content, 'gzip');
    expect(gunzipSync(gzipped as Buffer)).toEqual(content);
    expect(await sentOf(content, 'gzip')).toBe(gzipped);
  });

  it('is not kept otherwise', async () => {
    const content = Buffer.from('slot '.repeat(1_000));
    expect(await sentOf(content, 'br')).not.toBe(await sentOf(content, 'br'));
  });

  it('is kept of a file of a page', async () => {
    const files = new PageFiles('none', { 'swagger-ui.css': 'swagger-ui-dist/swagger-ui.css' }, "'self'");
    const send = async () => {
      const answer = answerTo(get('br'));
      await files.send('swagger-ui.css', get('br'), answer.reply);
      return { bytes: await answer.sent(), headers: answer.headers };
    };
    const [first, second] = [await send(), await send()];
    expect(first.headers.get('content-encoding')).toBe('br');
    expect(second.bytes).toBe(first.bytes);
    expect(second.headers).toEqual(first.headers);
  });
});
