import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Captured } from './capture.js';
import type { ReadCase } from './cases.js';

/** What a load saw. Latencies in milliseconds. */
export interface LoadResult {
  readonly responses: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly bodyBytes: number;
  /** Of the load process itself, share of one core. */
  readonly cpu: number;
  /** Anything but the expected status, or no answer. */
  readonly wrong: number;
}

const ENTRY = fileURLToPath(new URL('servers/load.mjs', import.meta.url));

/** Writes what the load process is to ask for. @returns the file */
export async function writeSequences(
  dir: string,
  readCase: ReadCase,
  etags: Captured['etags'] = new Map(),
): Promise<string> {
  const requests = readCase.sequences.map((sequence) =>
    sequence.map((at) => (readCase.known ? { path: at, headers: { 'if-none-match': etags.get(at) } } : { path: at })),
  );
  const file = path.join(dir, `${readCase.name.replace(/\W+/g, '-')}.json`);
  await writeFile(file, JSON.stringify({ status: readCase.known ? 304 : 200, requests }));
  return file;
}

/** Loads a server from a process of its own. */
export async function load(origin: string, sequencesFile: string, seconds: number): Promise<LoadResult> {
  const { stdout } = await promisify(execFile)(process.execPath, [ENTRY, origin, sequencesFile, String(seconds)]);
  const result = JSON.parse(stdout) as LoadResult;
  if (result.wrong > 0) throw new Error(`${result.wrong} of ${result.responses} answers of ${origin} were wrong`);
  return result;
}
