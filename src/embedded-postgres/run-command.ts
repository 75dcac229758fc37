import { execFile } from 'node:child_process';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
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

/**
 * Runs a program to its end. Rejects only when it cannot be run at all.
 * @param cwd the root folder by default: the server's user may be unable to enter the current one
 */
export function runCommand({ command, args, cwd = '/', ...identity }: Command): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { ...identity, cwd, env: ENVIRONMENT }, (error, stdout, stderr) => {
      const code = error === null ? 0 : (error.code ?? null);
      if (typeof code === 'string') reject(error ?? new Error(code));
      else resolve({ code, output: `${stdout}${stderr}`.trim() });
    });
  });
}
