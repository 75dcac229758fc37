import type { Encoding } from './accepted-encoding.js';
import { compress, encodingFor } from './compression.js';
import { cacheControl, lifeSeconds, validatorsOf, type ReadResponse } from './read-response.js';
import { RESPONSE_HEADERS } from './response-headers.js';

/** What an entry costs beside its bytes: objects, keys, headers. */
const OVERHEAD = 800;
/** What each of its subjects costs. */
const SUBJECT_BYTES = 100;

/** The body in one content coding, and the raw header pairs that describe it. */
export interface BodyForm {
  readonly body: Buffer | string;
  /** Of a text, as `response.end` takes it. */
  readonly charset: 'utf8' | 'latin1';
  readonly headers: readonly string[];
}

/**
 * A read response with its headers: what the cache keeps, and what is sent. Its body remains text until it is sent again: most
 * responses are sent once, and the memory of bytes is freed by full collections alone. What was written as bytes stays bytes.
 */
export class PreparedResponse {
  readonly etag: string;
  /** All but the body, which is kept in the forms that it is sent in. */
  readonly content: Omit<ReadResponse, 'body'>;
  /** How often it was served from the cache since the last count. */
  hits = 0;
  /** It was served from the cache. */
  wasHit = false;
  private plain: BodyForm;
  private isSent = false;
  /** Bytes of the body. */
  private readonly length: number;
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
    this.length = Buffer.byteLength(body);
    // Text of as many bytes as characters is ASCII, which Node writes faster as Latin-1. Of bytes it makes no difference.
    const charset = this.length === body.length ? 'latin1' : 'utf8';
    this.plain = { body, charset, headers: bodyHeaders(this.length) };
  }

  /** Bytes of memory. */
  get size(): number {
    return OVERHEAD + this.content.about.length * SUBJECT_BYTES + this.length + this.encodedBytes;
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

  /**
   * The body in the form that the client wants. It is compressed once, for all who wait for it; where that fails, it is sent as it is.
   * @param accepted the `Accept-Encoding` of the client
   * @returns a promise only while it is compressed; it does not reject
   */
  formFor(accepted: string | undefined): BodyForm | Promise<BodyForm> {
    const encoding = encodingFor(accepted, this.length);
    const form = encoding === undefined ? this.plainForm() : this.encodedForm(encoding);
    return form instanceof Promise ? form.catch(() => this.plainForm()) : form;
  }

  private encodedForm(encoding: Encoding): BodyForm | Promise<BodyForm> {
    const known = this.encoded.get(encoding);
    if (known) return known;
    const compressing = this.compress(encoding);
    this.encoded.set(encoding, compressing);
    return compressing;
  }

  private plainForm(): BodyForm {
    const { body, charset, headers } = this.plain;
    if (typeof body === 'string' && this.isSent) {
      this.plain = { body: exactBuffer(body, charset, this.length), charset, headers };
    }
    this.isSent = true;
    return this.plain;
  }

  private async compress(encoding: Encoding): Promise<BodyForm> {
    const { body, charset } = this.plain;
    const bytes = await compress(typeof body === 'string' ? Buffer.from(body, charset) : body, encoding);
    const form = { body: bytes, charset, headers: [...bodyHeaders(bytes.length), 'content-encoding', encoding] };
    this.encoded.set(encoding, form);
    this.encodedBytes += bytes.length;
    this.onGrown(this);
    return form;
  }
}

function bodyHeaders(length: number): string[] {
  return ['content-type', 'application/json; charset=utf-8', 'content-length', String(length)];
}

/** Small buffers share slabs with others (`Buffer.from`), which would keep more memory alive than `size` counts. */
function exactBuffer(text: string, charset: BodyForm['charset'], length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  bytes.write(text, charset);
  return bytes;
}
