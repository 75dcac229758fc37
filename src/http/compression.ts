import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { preferredEncoding, type Encoding } from './accepted-encoding.js';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Quality 5 saves half of what 11 saves, at a tenth of its time. */
const BROTLI_QUALITY = 5;

/** Shorter bodies fit into a packet or two as they are. Bytes. */
const SHORTEST = 1_000;

/**
 * The encoding in which a body of so many bytes is sent.
 * @param accepted the `Accept-Encoding` of the client
 * @returns undefined: as it is
 */
export function encodingFor(accepted: string | undefined, bytes: number): Encoding | undefined {
  return bytes < SHORTEST ? undefined : preferredEncoding(accepted);
}

export function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return gzipAsync(body);
  return brotliAsync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
}
