import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { cacheControl, lifeSeconds, validatorsOf } from './fresh-answer.js';
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

/** A finished answer in memory: bytes to be written, and headers but for what depends on the time. */
export class CachedAnswer {
  /** Raw header pairs that are the same whenever it is sent. */
  readonly headers: readonly string[];
  readonly etag: string;
  readonly body: Buffer;
  /** How often it was served since somebody asked. */
  hits = 0;
  private readonly encoded = new Map<Encoding, Buffer>();
  private life: { seconds: number; header: string } | undefined;

  /** @param url it answers */
  constructor(
    readonly url: string,
    readonly answer: CacheableAnswer,
  ) {
    const validators = validatorsOf(answer);
    this.headers = Object.entries(validators).flat();
    this.etag = validators.etag;
    this.body = Buffer.from(answer.body);
  }

  /** Bytes of memory. */
  get size(): number {
    let size = OVERHEAD + this.body.length + 2 * this.answer.body.length;
    for (const body of this.encoded.values()) size += body.length;
    return size;
  }

  cacheControl(now: Date): string {
    const seconds = lifeSeconds(this.answer, now);
    if (this.life?.seconds !== seconds) this.life = { seconds, header: cacheControl(seconds) };
    return this.life.header;
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
