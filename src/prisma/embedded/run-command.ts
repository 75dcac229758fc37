import { spawn } from 'node:child_process';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
}

/**
 * PostgreSQL's programs obey many variables (PGDATA, PGPORT, PGOPTIONS, LC_*, TZ). They get none of ours: what they do
 * follows from their arguments alone, and their messages are English.
 */
const ENVIRONMENT = {
  LC_ALL: 'C',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin',
};

/** Runs a program to its end. Rejects only when it cannot be run at all. */
export function runCommand({ command, args, ...identity }: Command): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    // The current folder may be one that the other user cannot enter.
    const child = spawn(command, args, { ...identity, cwd: '/', env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, output: Buffer.concat(chunks).toString('utf8').trim() });
    });
  });
}
