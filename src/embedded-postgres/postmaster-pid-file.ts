import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from './error-text.js';

export interface PidFile {
  readonly file: string;
  readonly pid: number;
  readonly port: number;
  /** The process it names is a PostgreSQL server; otherwise a killed server left the file behind. */
  readonly alive: boolean;
}

/** Reads `postmaster.pid`: process id in line 1, port in line 4. */
export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const file = path.join(cluster, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isSafeInteger(pid) || pid <= 0 || !Number.isSafeInteger(port) || port <= 0) return undefined;
  return { file, pid, port, alive: exists(pid) && (await mayBePostgres(pid)) };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/**
 * A restarted container assigns the same few process ids again, so the id of a killed server often belongs to another
 * process by now (even to a thread of ours). PostgreSQL itself would then refuse to start.
 */
async function mayBePostgres(pid: number): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return commandLine === undefined || path.basename(commandLine.split('\0')[0] ?? '').startsWith('postgres');
}
