import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { eachOf } from '../measure.js';

type Headers = Readonly<Record<string, string>>;

/** An answer, and where in the file of bodies its body stands. */
interface IndexEntry {
  readonly path: string;
  readonly etag: string;
  /** Of a 304 too. */
  readonly headers: Headers;
  readonly offset: number;
  readonly length: number;
}

export interface Captured {
  /** Folder with `index.json` and `bodies`. */
  readonly dir: string;
  readonly etags: ReadonlyMap<string, string>;
}

interface Answer {
  readonly body: Buffer;
  readonly etag: string;
  readonly headers: Headers;
}

const AT_ONCE = 16;
/** What Node writes by itself, and what belongs to the body. */
const OWN = /^(date|connection|keep-alive|transfer-encoding|content-type|content-length)$/;

/** Asks our server for every path and keeps the very bytes, for the competitors to serve. */
export async function capture(origin: string, paths: readonly string[], dir: string): Promise<Captured> {
  const index: IndexEntry[] = [];
  const bodies = createWriteStream(path.join(dir, 'bodies'));
  let offset = 0;
  await eachOf(paths, AT_ONCE, async (at) => {
    const { body, etag, headers } = await answerFromMemory(origin, at);
    index.push({ path: at, etag, headers, offset, length: body.length });
    offset += body.length;
    bodies.write(body);
  });
  bodies.end();
  await finished(bodies);
  await writeFile(path.join(dir, 'index.json'), JSON.stringify(index));
  return { dir, etags: new Map(index.map(({ path: at, etag }) => [at, etag])) };
}

const SAMPLE = 200;

/**
 * @param sameHeads whether the headers have to be the same too, but for what depends on the time
 * @throws when a competitor's answer is not, byte for byte, ours
 */
export async function assertSame(
  ours: string,
  { name, origin }: { readonly name: string; readonly origin: string },
  paths: readonly string[],
  sameHeads: boolean,
): Promise<void> {
  const every = Math.max(1, Math.floor(paths.length / SAMPLE));
  const sample = paths.filter((_, i) => i % every === 0);
  await eachOf(sample, AT_ONCE, async (at) => {
    const [a, b] = await Promise.all([(sameHeads ? answerFromMemory : answerOf)(ours, at), answerOf(origin, at)]);
    if (contentOf(a.body) !== contentOf(b.body) || a.etag !== b.etag)
      throw new Error(`${name} answers ${at} with other bytes than ours`);
    const [known, again] = await Promise.all([notModified(ours, at, a.etag), notModified(origin, at, a.etag)]);
    const heads = [a.headers, known].map(textOf).join();
    const others = [b.headers, again].map(textOf).join();
    if (sameHeads && heads !== others)
      throw new Error(`${name} answers ${at} with other headers:\n${heads}\n${others}`);
  });
}

/** Without what each read has its own of. */
function contentOf(body: Buffer): string {
  return body.toString().replace(/"changesCursor":"[^"]*"/, '"changesCursor":""');
}

/** Only what our server computes has headers about its limit. What it has in memory may just run out, so more than twice. */
async function answerFromMemory(origin: string, at: string): Promise<Answer> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const answer = await answerOf(origin, at);
    if (!('ratelimit' in answer.headers)) return answer;
  }
  throw new Error(`${origin} keeps no answer to ${at} in memory`);
}

async function answerOf(origin: string, at: string): Promise<Answer> {
  // As it is: the load asks for no compressed form.
  const response = await fetch(origin + at, { headers: { 'accept-encoding': 'identity' } });
  const body = Buffer.from(await response.arrayBuffer());
  const etag = response.headers.get('etag');
  if (response.status !== 200 || etag === null) throw new Error(`${at} → ${response.status}: ${body.toString()}`);
  return { body, etag, headers: headersOf(response) };
}

async function notModified(origin: string, at: string, etag: string): Promise<Headers> {
  const response = await fetch(origin + at, { headers: { 'if-none-match': etag } });
  if (response.status !== 304) throw new Error(`${origin} answers ${at} with ${response.status} where 304 is right`);
  return headersOf(response);
}

function headersOf(response: Response): Headers {
  return Object.fromEntries([...response.headers].filter(([name]) => !OWN.test(name)));
}

function textOf(headers: Headers): string {
  const cacheControl = headers['cache-control']?.replace(/max-age=\d+/, '');
  const id = headers['x-request-id']?.length;
  return JSON.stringify({ ...headers, 'cache-control': cacheControl, 'x-request-id': id });
}
