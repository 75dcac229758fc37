import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { eachOf } from '../measure.js';

/** Where in the file of bodies an answer stands: path, ETag, offset, length. */
type IndexEntry = readonly [path: string, etag: string, offset: number, length: number];

export interface Captured {
  /** Folder with `index.json` and `bodies`. */
  readonly dir: string;
  readonly etags: ReadonlyMap<string, string>;
  /** Bytes of all the bodies. */
  readonly bytes: number;
}

const AT_ONCE = 16;

/** Asks our server once for every path and keeps the very bytes, for the competitors to serve. */
export async function capture(origin: string, paths: readonly string[], dir: string): Promise<Captured> {
  const index: IndexEntry[] = [];
  const bodies = createWriteStream(path.join(dir, 'bodies'));
  let bytes = 0;
  await eachOf(paths, AT_ONCE, async (at) => {
    const { body, etag } = await answerOf(origin, at);
    index.push([at, etag, bytes, body.length]);
    bytes += body.length;
    bodies.write(body);
  });
  bodies.end();
  await finished(bodies);
  await writeFile(path.join(dir, 'index.json'), JSON.stringify(index));
  return { dir, bytes, etags: new Map(index.map(([at, etag]) => [at, etag])) };
}

const SAMPLE = 200;

/** @throws when a competitor's answer is not, byte for byte, ours */
export async function assertSame(ours: string, theirs: string, name: string, paths: readonly string[]): Promise<void> {
  const every = Math.max(1, Math.floor(paths.length / SAMPLE));
  const sample = paths.filter((_, i) => i % every === 0);
  await eachOf(sample, AT_ONCE, async (at) => {
    const [a, b] = await Promise.all([answerOf(ours, at), answerOf(theirs, at)]);
    if (!a.body.equals(b.body) || a.etag !== b.etag)
      throw new Error(`${name} answers ${at} with other bytes than ours`);
    const again = await fetch(theirs + at, { headers: { 'if-none-match': b.etag } });
    if (again.status !== 304) throw new Error(`${name} answers ${at} with ${again.status} where 304 is right`);
  });
}

async function answerOf(origin: string, at: string): Promise<{ body: Buffer; etag: string }> {
  const response = await fetch(origin + at);
  const body = Buffer.from(await response.arrayBuffer());
  const etag = response.headers.get('etag');
  if (response.status !== 200 || etag === null) throw new Error(`${at} → ${response.status}: ${body.toString()}`);
  return { body, etag };
}
