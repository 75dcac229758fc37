import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from './api-problem.js';
import { matches } from './conditional-request.js';
import { keepEncodings } from './kept-encodings.js';

/** A file as it is sent. */
interface PageFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Buffer;
}

/** Where the build puts pages; the same seen from the sources and from what was built of them. */
const BUILT = fileURLToPath(new URL('../../dist/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** Nothing but our own files, and no other host: what a supplier names itself can do nothing here. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** The files of a page for people, read at their first use and kept: there are few, and they change with the program only. */
export class PageFiles {
  private readonly files = new Map<string, Promise<PageFile | undefined>>();
  private readonly packaged: ReadonlyMap<string, string>;
  private readonly policy: string;

  /**
   * @param folder below `dist`
   * @param packaged files of packages, by their names here
   * @param images where images may come from
   */
  constructor(
    private readonly folder: string,
    packaged: Readonly<Record<string, string>>,
    images: string,
  ) {
    this.packaged = new Map(Object.entries(packaged));
    this.policy = [...POLICY, `img-src ${images}`].join('; ');
  }

  /** @throws ApiProblem NOT_FOUND */
  async send(name: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const file = await this.find(name);
    if (!file) throw new ApiProblem('NOT_FOUND', 'The page has no such file.');
    void reply
      .header('content-security-policy', this.policy)
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-cache')
      .header('etag', file.etag);
    if (matches(request.headers['if-none-match'], file.etag)) void reply.status(304).send();
    else void reply.header('content-type', file.type).send(file.bytes);
  }

  private find(name: string): Promise<PageFile | undefined> {
    const packaged = this.packaged.get(name);
    // No folders and no dots but the ending's: whatever the name says, it stays where the files are.
    const own = /^[a-z][a-z-]{0,40}\.(html|js|css|svg)$/.test(name) ? path.join(BUILT, this.folder, name) : undefined;
    const place = packaged === undefined ? own : createRequire(import.meta.url).resolve(packaged);
    if (place === undefined) return Promise.resolve(undefined);
    const known = this.files.get(name);
    if (known) return known;
    const file = load(place);
    this.files.set(name, file);
    const forget = (): void => {
      this.files.delete(name);
    };
    // What could not be read is tried again with the next request. This one learns of the failure from `file`.
    file.then((found) => found ?? forget(), forget);
    return file;
  }
}

async function load(place: string): Promise<PageFile | undefined> {
  try {
    const bytes = keepEncodings(await readFile(place));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    return { type: TYPES[path.extname(place)] ?? 'application/octet-stream', etag, bytes };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
