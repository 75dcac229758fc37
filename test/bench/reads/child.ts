import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SERVER_ARGS } from '../dist.js';
import type { Scope } from '../scope.js';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly name: string;
  readonly origin: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Settings of our server that differ between contests. */
export type OurSettings = Readonly<
  Record<
    | 'DATABASE_URL'
    | 'DATA_DIR'
    | 'RESPONSE_CACHE_MB'
    | 'WEBHOOK_ALLOWED_NETWORKS'
    | 'SUPPLIER_URL'
    | 'SUPPLIER_REQUESTS_PER_MINUTE'
    | 'MIN_VALUE',
    string
  >
>;

export const ADMIN_KEY = 'the-admin-key-of-the-bench';
export const OCTO_KEY = 'the-octo-key-of-the-bench';

export interface Listening {
  readonly port: number;
}

const STOP_MS = 5_000;

/** The built program as it is deployed. */
export async function startOurs(
  scope: Scope,
  name: string,
  cwd: string,
  settings: Partial<OurSettings>,
): Promise<ServerProcess> {
  const env = {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    // As in the image.
    MALLOC_ARENA_MAX: '1',
    HOST: '127.0.0.1',
    PORT: '0',
    SUPPLIER_URL: 'http://127.0.0.1:9/never-asked',
    TICKETE_API_KEY: 'bench',
    ADMIN_API_KEY: ADMIN_KEY,
    // Counted as in production, and never refused.
    MISSES_PER_MINUTE: '10000000',
    OCTO_REQUESTS_PER_MINUTE: '10000000',
    OCTO_KEYS: `bench:${OCTO_KEY}`,
    ...settings,
  };
  // In a folder without .env; what the server logs is shown only when it does not start.
  const child = spawn(process.execPath, SERVER_ARGS, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = stopAtEnd(scope, child);
  const log: string[] = [];
  child.stderr.on('data', (text: Buffer) => log.push(text.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    log.push(line);
    const port = /serving on http:\/\/[^\s":]+:(\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    return { name, origin: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop };
  }
  throw new Error(`the server did not start:\n${log.join('\n')}`);
}

/** One of `servers/`, which sends its port when it listens. */
export async function startCompetitor(
  scope: Scope,
  name: string,
  file: string,
  args: readonly string[],
): Promise<ServerProcess> {
  const entry = fileURLToPath(new URL(`servers/${file}`, import.meta.url));
  const child = fork(entry, [...args], { execArgv: [], env: { PATH: process.env['PATH'], NODE_ENV: 'production' } });
  const stop = stopAtEnd(scope, child);
  const failed = once(child, 'exit').then(() => {
    throw new Error(`${file} did not start`);
  });
  const [listening] = (await Promise.race([once(child, 'message'), failed])) as [Listening];
  failed.catch(() => undefined);
  return { name, origin: `http://127.0.0.1:${listening.port}`, pid: child.pid ?? 0, stop };
}

function stopAtEnd(scope: Scope, child: ChildProcess): () => Promise<void> {
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill();
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exit;
    clearTimeout(impatience);
  };
  scope.defer(stop);
  return stop;
}
