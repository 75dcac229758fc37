import { readFile, stat } from 'node:fs/promises';
import { EmbeddedPostgresError, USE_DATABASE_URL } from './embedded-postgres-error.js';
import { errorText } from './error-text.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { runCommand, type Command, type CommandResult } from './run-command.js';

/** The user that the server runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  /** This user cannot enter all folders needed: run through `setpriv` with just the capability to do so. */
  readonly privileged: boolean;
}

const SETPRIV = [
  '--clear-groups',
  // Without it the change of uid clears what access(2) looks at, and PostgreSQL asks access(2).
  '--securebits=+no_setuid_fixup',
  ...['--inh-caps', '--ambient-caps', '--bounding-set'].map((set) => `${set}=-all,+dac_override`),
];

/** PostgreSQL refuses to run as root, so root runs it as another user; everybody else as themselves (undefined). */
export async function chooseServerUser(
  binaries: PostgresBinaries,
  dataFolder: string,
  cluster: string,
): Promise<ServerUser | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  const account = (await ownerOf(cluster)) ?? (await accountNamed('postgres')) ?? (await accountNamed('nobody'));
  if (account === undefined) {
    throw new EmbeddedPostgresError(
      'PostgreSQL does not run as root, and /etc/passwd has neither a user "postgres" nor "nobody" to run it as: ' +
        `run Slotmirror as an ordinary user, or ${USE_DATABASE_URL}.`,
    );
  }
  const closed = await closedFolder({ ...account, privileged: false }, [...binaries.folders, dataFolder]);
  if (closed !== undefined) await requireSetpriv(account.uid, closed);
  return { ...account, privileged: closed !== undefined };
}

/** Runs one of PostgreSQL's programs as the server's user. */
export async function runAs(
  user: ServerUser | undefined,
  program: string,
  args: readonly string[],
): Promise<CommandResult> {
  try {
    return await runCommand(commandAs(user, program, args));
  } catch (error) {
    throw new EmbeddedPostgresError(`Cannot run ${program} (${errorText(error)}): ${USE_DATABASE_URL}.`);
  }
}

function commandAs(user: ServerUser | undefined, program: string, args: readonly string[]): Command {
  if (user === undefined) return { command: program, args };
  const { uid, gid } = user;
  if (!user.privileged) return { command: program, args, uid, gid };
  return { command: 'setpriv', args: [`--reuid=${uid}`, `--regid=${gid}`, ...SETPRIV, program, ...args] };
}

async function ownerOf(folder: string): Promise<{ uid: number; gid: number } | undefined> {
  const found = await stat(folder).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

async function accountNamed(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** The first folder that the user cannot enter. The kernel decides: it also knows access lists and mounts. */
async function closedFolder(user: ServerUser, folders: readonly string[]): Promise<string | undefined> {
  const script = 'for folder; do test -x "$folder" || { printf %s "$folder"; exit 1; }; done';
  const { code, output } = await runAs(user, '/bin/sh', ['-c', script, 'sh', ...folders]);
  return code === 0 ? undefined : output;
}

async function requireSetpriv(uid: number, closed: string): Promise<void> {
  const found = await runCommand({ command: 'setpriv', args: ['--version'] }).catch(() => undefined);
  if (found?.code === 0) return;
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and the user it would run as (uid ${uid}) cannot enter ${closed}. ` +
      'Install "setpriv" (package util-linux), or give every user the permission to enter that folder and those above it, ' +
      `or run Slotmirror as an ordinary user, or ${USE_DATABASE_URL}.`,
  );
}
