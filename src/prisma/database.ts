import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';
import type { DatabaseSettings } from '../config/index.js';
import type { EmbeddedPostgres, StartGuard } from '../embedded-postgres/index.js';
import { warnOfCapacity, warnOfPoolerCapacity } from './connection-capacity.js';
import { isPooled, schemaOf, withSessionSettings } from './session-settings.js';
import { applyMigrations, defaultMigrationsFolder, migrationNames } from './migration-runner.js';

/** How long an address of the database may take to answer before the next one is tried. */
const ATTEMPT_MS = 1_500;

/** The migrated database that everything uses. A class, so that it can be its own injection token. */
export class Database {
  /** The URL for our own connections, with their session settings. */
  readonly connectionString: string;
  readonly schema: string;
  /** Each transaction may be on another connection. */
  readonly pooled: boolean;

  private constructor(
    readonly url: string,
    /** The names of the migrations that this version needs. */
    readonly migrations: readonly string[],
    private readonly embedded: EmbeddedPostgres | undefined,
    private readonly guard: StartGuard | undefined,
  ) {
    this.connectionString = withSessionSettings(url);
    this.schema = schemaOf(url);
    this.pooled = isPooled(url);
  }

  /** Starts the embedded PostgreSQL if no URL is set, and brings the schema up to date. */
  static async open(settings: DatabaseSettings, log: (line: string) => void): Promise<Database> {
    // By default Node.js tries each of several addresses for a quarter of a second, which is too short for distant servers.
    setDefaultAutoSelectFamilyAttemptTimeout(ATTEMPT_MS);
    const migrations = await migrationNames(defaultMigrationsFolder());
    // Loaded only if used, so that a server with its own database does not hold it in memory.
    const launcher = settings.url ? undefined : await import('../embedded-postgres/index.js');
    const starting = launcher?.startEmbeddedPostgres({ dir: settings.dataDir, log });
    const guard = launcher && new launcher.StartGuard(async () => (await starting)?.stop());
    try {
      const embedded = await starting;
      const database = new Database(settings.url ?? embedded?.url ?? '', migrations, embedded, guard);
      const applied = await applyMigrations(database.connectionString, defaultMigrationsFolder(), log);
      applied.forEach((name) => {
        log(`applied migration ${name}`);
      });
      if (!embedded) await (database.pooled ? warnOfPoolerCapacity : warnOfCapacity)(database.connectionString, log);
      return database;
    } catch (error) {
      await starting?.then((embedded) => embedded.stop()).catch(() => undefined);
      guard?.release();
      throw error;
    }
  }

  /** From now on the application closes the database when a signal ends the process. */
  handOver(): void {
    this.guard?.release();
  }

  async close(): Promise<void> {
    this.handOver();
    await this.embedded?.stop();
  }
}
