import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib';

/** The largest answer, packed or unpacked. A day has some kilobytes. */
export const MOST_BYTES = 8 * 1024 * 1024;

/** The value of `Accept-Encoding`. Servers may still use other codings. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br';

/** The most codings on top of one another. */
const MOST_CODINGS = 4;

/** Each of these fails if the body is cut, that is, if its end marker is missing. */
const CODINGS: Readonly<Record<string, (bytes: Buffer, options: ZlibOptions) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: (bytes, options) => (isZlib(bytes) ? inflateSync(bytes, options) : inflateRawSync(bytes, options)),
  br: (bytes, { maxOutputLength }) =>
    brotliDecompressSync(bytes, maxOutputLength === undefined ? {} : { maxOutputLength }),
};

/**
 * Undoes `Content-Encoding` (RFC 9110 8.4), starting with the coding that was applied last.
 * @param mask hides secrets in quoted text
 * @throws Error whose message names the fault of the body
 */
export function unpacked(bytes: Buffer, contentEncoding: unknown, mask: (quoted: string) => string): Buffer {
  if (bytes.length === 0) return bytes;
  const codings = codingsIn(contentEncoding);
  if (codings.length > MOST_CODINGS) throw new Error(`the body is packed ${codings.length} times`);
  return codings.reduceRight((packed, coding) => unpackedOnce(packed, coding, mask), bytes);
}

function codingsIn(header: unknown): string[] {
  if (typeof header !== 'string') return [];
  const codings = header.split(',').map((coding) => coding.trim().toLowerCase());
  return codings.filter((coding) => coding !== '' && coding !== 'identity');
}

function unpackedOnce(bytes: Buffer, coding: string, mask: (quoted: string) => string): Buffer {
  const unpack = Object.hasOwn(CODINGS, coding) ? CODINGS[coding] : undefined;
  if (!unpack) throw new Error(`the body has a content coding that is not known: "${mask(coding).slice(0, 40)}"`);
  try {
    return unpack(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    throw new Error(complaint(coding, error as NodeJS.ErrnoException), { cause: error });
  }
}

function complaint(coding: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'the body is larger than 8 MiB';
  if (code === 'Z_BUF_ERROR' || message === 'unexpected end of file') return `the ${coding} body is cut off`;
  return `the body is not ${coding}: ${message}`;
}

/** Some servers send raw DEFLATE as `deflate`, without the zlib frame (RFC 1950 2.2) that the name means. */
function isZlib(bytes: Buffer): boolean {
  const [method = 0, flags = 0] = bytes;
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}
