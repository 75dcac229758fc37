import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCluster } from './cluster.js';
import { openDataFolder, readPassword, removeUnfinished } from './data-folder.js';
import { EmbeddedPostgresError, USE_DATABASE_URL } from './embedded-postgres-error.js';
import { errorCode, errorText } from './error-text.js';
import { FolderLock } from './folder-lock.js';
import { DATABASE, ROLE, type LaunchContext } from './launch-context.js';
import { locateBinaries } from './postgres-binaries.js';
import { Postmaster } from './postmaster.js';
import { Revival } from './revival.js';
import { isServerUnavailable } from './server-unavailable.js';
import { chooseServerUser } from './server-user.js';

export interface EmbeddedPostgresOptions {
  /** The data folder; the cluster lies in its `postgres`. */
  readonly dir: string;
  readonly log: (line: string) => void;
  /** Settings of the server that add to ours or replace them, named as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  readonly url: string;
  /** The server was already running: a killed instance had left it. */
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

/** Starts a PostgreSQL server in the data folder, or takes over the one that a killed instance left running. */
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
    await removeUnfinished(folder); // the cluster is complete, and the lock is ours: nobody needs those any more
  } catch (error) {
    await stop();
    throw error;
  }
  const how = adopted ? 'was still running and is taken over' : 'started';
  log(`PostgreSQL ${how} on 127.0.0.1:${port}, data in ${folder.cluster}`);
  return { url: urlOf(port, DATABASE), adopted, stop };
}

/** Other instances may start and stop a server on this folder at the same time: retry until one is ours. */
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
        // When another instance holds the lock, the server is theirs even if we started it.
        if (running === undefined && !(error instanceof EmbeddedPostgresError)) await postmaster.stop();
        throw explained(context, error);
      }
      reason = errorText(error);
    }
    await sleep(PAUSE_MS);
  }
  const lastLines = await postmaster.lastLogLines();
  throw new EmbeddedPostgresError(
    `PostgreSQL in ${context.folder.cluster} does not accept connections (${reason}):\n${lastLines}`,
  );
}

async function lockOn({ folder, log }: LaunchContext, url: string, revival: Revival): Promise<FolderLock> {
  const lock = new FolderLock(folder, url, log, () => revival.run());
  await lock.acquire();
  return lock;
}

function explained({ folder }: LaunchContext, error: unknown): unknown {
  if (errorCode(error) !== INVALID_PASSWORD) return error;
  return new EmbeddedPostgresError(
    `The password in ${folder.passwordFile} is not that of the database in ${folder.cluster}. Restore the right one, ` +
      `or move both away to start with an empty database, or ${USE_DATABASE_URL}.`,
  );
}

async function createDatabase(lock: FolderLock): Promise<void> {
  const found = await lock.run(`select from pg_database where datname = '${DATABASE}'`);
  if (found.rowCount === 0) await lock.run(`create database ${DATABASE}`);
}

/** The lock is held until the server is down: a second instance must not take over a server that is stopping. */
function stopOnce(postmaster: Postmaster, lock: FolderLock): () => Promise<void> {
  const stop = async (): Promise<void> => {
    await lock.release();
    if (lock.held) await postmaster.stop();
    await lock.close();
  };
  let stopped: Promise<void> | undefined;
  return () => (stopped ??= stop());
}
