import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { cacheControl, DIRECT_HEADERS, JSON_TYPE, lifeSeconds, validatorsOf } from './fresh-answer.js';
import type { CacheableAnswer } from './response-cache.js';

export type Encoding = 'br' | 'gzip';

const COMPRESS: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  // Half of the best there is to win, at a tenth of its cost.
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => promisify(gzip)(body),
};
/** Shorter bodies fit into a packet or two as they are. */
const SHORTEST = 1_000;
/** What an entry costs beside its bytes: objects, keys, headers. */
const OVERHEAD = 800;

/** Finished heads, raw pairs. */
export interface AnswerHeads {
  /** For a client that has the content already. */
  readonly known: readonly string[];
  /** With the body as it is. */
  readonly full: readonly string[];
}

/** A finished answer in memory: bytes to be written, and their head, which is made anew when its life is another second. */
export class CachedAnswer {
  readonly etag: string;
  readonly body: Buffer;
  /** All but the body, which is kept as bytes alone. */
  readonly answer: Omit<CacheableAnswer, 'body'>;
  /** How often it was served since somebody asked. */
  hits = 0;
  /** Raw header pairs that are the same whenever it is sent. */
  private readonly headers: readonly string[];
  private readonly encoded = new Map<Encoding, Buffer>();
  private heads: (AnswerHeads & { readonly seconds: number }) | undefined;

  /** @param url it answers */
  constructor(
    readonly url: string,
    { body, ...answer }: CacheableAnswer,
  ) {
    this.answer = answer;
    const validators = validatorsOf(answer);
    this.headers = [...DIRECT_HEADERS, ...Object.entries(validators).flat()];
    this.etag = validators.etag;
    this.body = exactBuffer(body);
  }

  /** Bytes of memory. */
  get size(): number {
    let size = OVERHEAD + this.body.length;
    for (const body of this.encoded.values()) size += body.length;
    return size;
  }

  headsAt(now: Date): AnswerHeads {
    const seconds = lifeSeconds(this.answer, now);
    if (this.heads?.seconds !== seconds) {
      const known = [...this.headers, 'cache-control', cacheControl(seconds, this.answer.degraded)];
      const full = [...known, 'content-type', JSON_TYPE, 'content-length', String(this.body.length)];
      this.heads = { seconds, known, full };
    }
    return this.heads;
  }

  /** Undefined until it was compressed. */
  compressed(encoding: Encoding): Buffer | undefined {
    return this.encoded.get(encoding);
  }

  lacks(encoding: Encoding): boolean {
    return this.body.length >= SHORTEST && !this.encoded.has(encoding);
  }

  async compress(encoding: Encoding): Promise<void> {
    this.encoded.set(encoding, await COMPRESS[encoding](this.body));
  }
}

/** Small buffers share slabs with others (`Buffer.from`), which would keep more memory alive than `size` counts. */
function exactBuffer(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
