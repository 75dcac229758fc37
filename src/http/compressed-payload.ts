import type { FastifyReply, FastifyRequest } from 'fastify';
import { encodingFor } from './compression.js';
import { encoded } from './kept-encodings.js';

const TEXT = /^(?:text\/|application\/(?:\w+\+)?json|image\/svg)/;

/** Compresses what the framework answers (`onSend`), as reads are compressed before it. A stream is left as it is. */
export async function compressedPayload(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
  const body = typeof payload === 'string' ? Buffer.from(payload) : payload;
  if (!TEXT.test(textOf(reply, 'content-type'))) return payload;
  if (textOf(reply, 'content-encoding') !== '') return payload;
  void reply.header('vary', [textOf(reply, 'vary'), 'accept-encoding'].filter((name) => name !== '').join(', '));
  const encoding = encodingFor(request.headers['accept-encoding'], body.length);
  if (encoding === undefined || request.method === 'HEAD') return payload;
  const bytes = await encoded(body, encoding);
  void reply.header('content-encoding', encoding).header('content-length', bytes.length);
  const etag = textOf(reply, 'etag');
  // One tag for several encodings is a weak one.
  if (etag !== '' && !etag.startsWith('W/')) void reply.header('etag', `W/${etag}`);
  return bytes;
}

function textOf(reply: FastifyReply, header: string): string {
  return String(reply.getHeader(header) ?? '');
}
