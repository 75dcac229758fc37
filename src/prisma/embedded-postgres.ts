import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCluster } from './embedded/cluster.js';
import { openDataFolder, readPassword, removeUnfinished } from './embedded/data-folder.js';
import { EmbeddedPostgresError, USE_DATABASE_URL } from './embedded/embedded-postgres-error.js';
import { errorCode, errorText } from './embedded/error-text.js';
import { FolderLock } from './embedded/folder-lock.js';
import { DATABASE, ROLE, type LaunchContext } from './embedded/launch-context.js';
import { locateBinaries } from './embedded/postgres-binaries.js';
import { Postmaster } from './embedded/postmaster.js';
import { Revival } from './embedded/revival.js';
import { isServerUnavailable } from './embedded/server-unavailable.js';
import { chooseServerUser } from './embedded/server-user.js';

export { EmbeddedPostgresError };

export interface EmbeddedPostgresOptions {
  /** The data folder; the cluster lies in its `postgres`. */
  readonly dir: string;
  readonly log: (line: string) => void;
  /** Settings of the server besides ours, by the names of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  readonly url: string;
  /** The server was running already, left over by an instance that was killed. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

interface RunningServer {
  readonly port: number;
  readonly adopted: boolean;
  readonly lock: FolderLock;
}

const PAUSE_MS = 100;
const MOST_PAUSES = 600;
const INVALID_PASSWORD = '28P01';

/** Starts a PostgreSQL of our own in the data folder, or takes over the one that a killed instance left running. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dir, log, settings = {} } = options;
  const binaries = await locateBinaries();
  const folder = await openDataFolder(dir);
  const user = await chooseServerUser(binaries, folder.root, folder.cluster);
  const context: LaunchContext = { binaries, folder, user, settings, log };
  await ensureCluster(context);
  const password = await readPassword(folder);
  const postmaster = new Postmaster(context);
  const urlOf = (port: number, database: string) =>
    `postgresql://${ROLE}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

  const { port, adopted, lock } = await runAndLock(context, postmaster, (at) => urlOf(at, 'postgres'));
  const stop = stopOnce(postmaster, lock);
  try {
    await createDatabase(lock);
    await removeUnfinished(folder); // whoever holds the lock has a complete cluster, so nobody needs those
  } catch (error) {
    await stop();
    throw error;
  }
  log(
    `PostgreSQL ${adopted ? 'was left running, taken over' : 'started'} on 127.0.0.1:${port}, data in ${folder.cluster}`,
  );
  return { url: urlOf(port, DATABASE), adopted, stop };
}

/** Others may start and stop a server on the same folder at this very moment, so look again until one is ours. */
async function runAndLock(
  context: LaunchContext,
  postmaster: Postmaster,
  urlOf: (port: number) => string,
): Promise<RunningServer> {
  let reason = '';
  for (let pauses = 0; pauses < MOST_PAUSES; pauses += 1) {
    const running = await postmaster.runningPort();
    const port = running ?? (await postmaster.start());
    try {
      if (port !== undefined) {
        const lock = await lockOn(context, urlOf(port), new Revival(context, postmaster, port));
        return { port, adopted: running !== undefined, lock };
      }
    } catch (error) {
      if (!isServerUnavailable(error)) {
        // Refused by another instance: then the server is theirs, whoever started it.
        if (running === undefined && !(error instanceof EmbeddedPostgresError)) await postmaster.stop();
        throw explained(context, error);
      }
      reason = errorText(error);
    }
    await sleep(PAUSE_MS);
  }
  const lastLines = await postmaster.lastLogLines();
  throw new EmbeddedPostgresError(`PostgreSQL in ${context.folder.cluster} does not answer (${reason}):\n${lastLines}`);
}

async function lockOn({ folder, log }: LaunchContext, url: string, revival: Revival): Promise<FolderLock> {
  const lock = new FolderLock(folder, url, log, () => revival.run());
  await lock.acquire();
  return lock;
}

function explained({ folder }: LaunchContext, error: unknown): unknown {
  if (errorCode(error) !== INVALID_PASSWORD) return error;
  return new EmbeddedPostgresError(
    `The password in ${folder.passwordFile} is not that of the database in ${folder.cluster}. Put the right one back, ` +
      `or move both away to begin with an empty database, or ${USE_DATABASE_URL}.`,
  );
}

async function createDatabase(lock: FolderLock): Promise<void> {
  const found = await lock.run(`select from pg_database where datname = '${DATABASE}'`);
  if (found.rowCount === 0) await lock.run(`create database ${DATABASE}`);
}

/** The lock is held until the server is down: a second instance must not take a server that is about to go. */
function stopOnce(postmaster: Postmaster, lock: FolderLock): () => Promise<void> {
  const stop = async (): Promise<void> => {
    await lock.release();
    if (lock.held) await postmaster.stop();
    await lock.close();
  };
  let stopped: Promise<void> | undefined;
  return () => (stopped ??= stop());
}
