import { execFile } from 'node:child_process';
import { get } from 'node:http';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The servers that a server has started, as the system lists them. */
export async function workersOf(primary: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  const processes = stdout.split('\n').map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []);
  return processes
    .filter(([, , parent, command]) => Number(parent) === primary && command?.includes('main.js'))
    .map(([, pid]) => Number(pid));
}

/** Runs `work` while of all workers only one can answer. */
export async function whileOthersStand(primary: number, only: number, work: () => Promise<void>): Promise<void> {
  const others = (await workersOf(primary)).filter((pid) => pid !== only);
  others.forEach((pid) => process.kill(pid, 'SIGSTOP'));
  try {
    await work();
  } finally {
    others.forEach((pid) => process.kill(pid, 'SIGCONT'));
  }
}

/**
 * The status of the first answer to come. Asked over more connections than one, each of its own: one that stands may be
 * handed a connection, but no second one before it took the first.
 */
export function answerOf(url: string, headers: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  return Promise.any([1, 2, 3].map(() => statusOf(url, headers)));
}

function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, headers }, (response) => {
      response.resume().once('end', () => {
        resolve(response.statusCode);
      });
    });
    request.once('error', reject);
  });
}
