import { chown, lchown, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { cannotWrite, createPassword, unfinishedName } from './data-folder.js';
import { diskFull, EmbeddedPostgresError, isDiskFull, USE_DATABASE_URL } from './embedded-postgres-error.js';
import { ROLE, type LaunchContext } from './launch-context.js';
import type { CommandResult } from './run-command.js';
import { runAs } from './server-user.js';

/** Ensures a cluster of the binaries' version that the server's user owns. */
export async function ensureCluster(context: LaunchContext): Promise<void> {
  const { cluster } = context.folder;
  if ((await clusterVersion(cluster)) === undefined) {
    await requireEmpty(cluster);
    await createCluster(context);
  }
  const [made, installed] = [await clusterVersion(cluster), await binariesVersion(context)];
  if (made !== installed) {
    throw new EmbeddedPostgresError(
      `${cluster} was created by PostgreSQL ${made}, and PostgreSQL ${installed}, which is installed, cannot read it. Move the ` +
        `folder away to start with an empty database, or set DATA_DIR to another folder, or ${USE_DATABASE_URL}.`,
    );
  }
  if (context.user !== undefined) await giveTo(context.user, cluster);
}

async function requireEmpty(cluster: string): Promise<void> {
  const names = await readdir(cluster).catch(() => []);
  if (names.length === 0 || (await clusterVersion(cluster)) !== undefined) return;
  throw new EmbeddedPostgresError(
    `${cluster} is in the way: it is neither empty nor a PostgreSQL cluster. Move it away, or set DATA_DIR to another folder.`,
  );
}

async function clusterVersion(cluster: string): Promise<string | undefined> {
  const version = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  return version?.trim();
}

async function binariesVersion({ binaries, user }: LaunchContext): Promise<string> {
  const { output } = await runAs(user, binaries.postgres, ['--version']);
  const version = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (version === undefined) throw new EmbeddedPostgresError(`Cannot run ${binaries.postgres}: ${output}`);
  return version;
}

/**
 * Creates the cluster under a temporary name and renames it when it is complete: a process that is killed halfway leaves
 * a folder to clear away, never half a cluster. Of two that start at once, one renames first.
 */
async function createCluster(context: LaunchContext): Promise<void> {
  const { folder, log } = context;
  log(`Creating a PostgreSQL cluster in ${folder.cluster}`);
  await createPassword(folder);
  const unfinished = unfinishedName(folder.cluster);
  try {
    await initialise(context, unfinished);
    await rename(unfinished, folder.cluster);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if ((await clusterVersion(folder.cluster)) === undefined) throw error; // otherwise another instance was faster
  }
}

async function initialise(context: LaunchContext, target: string): Promise<void> {
  const { code, output } = await initdb(context, target);
  if (code === 0) return;
  if (isDiskFull(output)) throw diskFull(context.folder.root);
  const why = output.split('\n').filter((line) => /error|fatal|panic/i.test(line));
  throw new EmbeddedPostgresError(
    `PostgreSQL's initdb could not create a cluster in ${context.folder.root}: ${why.join(' ') || output}. ` +
      `Correct what it names, or set DATA_DIR to another folder, or ${USE_DATABASE_URL}.`,
  );
}

async function initdb(context: LaunchContext, target: string): Promise<CommandResult> {
  const { binaries, folder, settings, user } = context;
  await mkdir(target, { mode: 0o700 }).catch((error: unknown) => {
    throw cannotWrite(folder.root, error);
  });
  if (user !== undefined) {
    await giveTo(user, target);
    await chown(folder.passwordFile, user.uid, user.gid); // initdb reads it as that user
  }
  return runAs(user, binaries.initdb, [
    `--pgdata=${target}`,
    `--username=${ROLE}`,
    `--pwfile=${folder.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL brings this locale itself; those of the system differ, and may be missing.
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    '--no-instructions',
    ...(settings['fsync'] === 'off' ? ['--no-sync'] : []),
  ]);
}

/** The folder itself comes last: a change of owner that is cut short is done again. */
async function giveTo({ uid, gid }: { uid: number; gid: number }, folder: string): Promise<void> {
  if ((await stat(folder)).uid === uid) return;
  for (const name of await readdir(folder, { recursive: true })) await lchown(path.join(folder, name), uid, gid);
  await chown(folder, uid, gid);
}
