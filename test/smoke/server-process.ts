import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built server as its own process, with nothing in its environment but what a test gives. */
export interface ServerProcess {
  readonly pid: number;
  /** Where it serves; rejects when it ends before. */
  readonly url: Promise<string>;
  readonly exit: Promise<Exit>;
  output(): { readonly stdout: string; readonly stderr: string };
  kill(signal: NodeJS.Signals): void;
}

/** @param dir where it runs: a folder without a `.env` */
export function startProcess(dir: string, env: Readonly<Record<string, string>>): ServerProcess {
  const child = spawn(process.execPath, [MAIN], {
    cwd: dir,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const exit = new Promise<Exit>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const found = /serving on (http:\/\/[^\s"]+)/.exec(stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    void exit.then(({ code }) =>
      reject(new Error(`it ended with ${String(code)} before it served: ${stderr || stdout}`)),
    );
  });
  // A test that expects the process to fail does not wait for its URL.
  url.catch(() => undefined);
  return { pid: child.pid ?? 0, url, exit, output: () => ({ stdout, stderr }), kill: (signal) => child.kill(signal) };
}
