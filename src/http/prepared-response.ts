import type { Encoding } from './accepted-encoding.js';
import { compress, SHORTEST_COMPRESSED } from './compression.js';
import { cacheControl, lifeSeconds, validatorsOf, type ReadResponse } from './read-response.js';
import { RESPONSE_HEADERS } from './response-headers.js';

/** What an entry costs beside its bytes: objects, keys, headers. */
const OVERHEAD = 800;
/** What each of its subjects costs. */
const SUBJECT_BYTES = 100;

/** The body in one encoding, and the raw header pairs that describe it. */
export interface BodyForm {
  readonly bytes: Buffer;
  readonly headers: readonly string[];
}

/** A read response as bytes, with its headers: what the cache keeps, and what is sent. */
export class PreparedResponse {
  readonly etag: string;
  /** All but the body, which is kept as bytes alone. */
  readonly content: Omit<ReadResponse, 'body'>;
  /** How often it was served from the cache since the last count. */
  hits = 0;
  readonly plain: BodyForm;
  /** Raw header pairs that are the same whenever it is sent. */
  private readonly headers: readonly string[];
  private readonly encoded = new Map<Encoding, BodyForm | Promise<BodyForm>>();
  private head: { readonly seconds: number; readonly pairs: readonly string[] } | undefined;
  private encodedBytes = 0;

  /** @param onGrown called when it takes more memory than before */
  constructor(
    { body, ...content }: ReadResponse,
    private readonly onGrown: (response: PreparedResponse) => void,
  ) {
    this.content = content;
    const validators = validatorsOf(content);
    this.headers = [...RESPONSE_HEADERS, ...Object.entries(validators).flat()];
    this.etag = validators.etag;
    this.plain = formOf(exactBuffer(body));
  }

  /** Bytes of memory. */
  get size(): number {
    return OVERHEAD + this.content.about.length * SUBJECT_BYTES + this.plain.bytes.length + this.encodedBytes;
  }

  /** Raw header pairs of a 304, and of a 200 but for those of its body. */
  headAt(now: Date): readonly string[] {
    const seconds = lifeSeconds(this.content, now);
    if (this.head?.seconds !== seconds) {
      const pairs = [...this.headers, 'cache-control', cacheControl(seconds, this.content.degraded)];
      this.head = { seconds, pairs };
    }
    return this.head.pairs;
  }

  /** The body for a client that accepts the encoding. Compressed once, for all who wait for it. */
  form(encoding: Encoding | undefined): BodyForm | Promise<BodyForm> {
    if (encoding === undefined || this.plain.bytes.length < SHORTEST_COMPRESSED) return this.plain;
    const known = this.encoded.get(encoding);
    if (known) return known;
    const compressing = this.compress(encoding);
    this.encoded.set(encoding, compressing);
    return compressing;
  }

  private async compress(encoding: Encoding): Promise<BodyForm> {
    const form = formOf(await compress(this.plain.bytes, encoding), encoding);
    this.encoded.set(encoding, form);
    this.encodedBytes += form.bytes.length;
    this.onGrown(this);
    return form;
  }
}

function formOf(bytes: Buffer, encoding?: Encoding): BodyForm {
  const headers = ['content-type', 'application/json; charset=utf-8', 'content-length', String(bytes.length)];
  return { bytes, headers: encoding === undefined ? headers : [...headers, 'content-encoding', encoding] };
}

/** Small buffers share slabs with others (`Buffer.from`), which would keep more memory alive than `size` counts. */
function exactBuffer(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
