import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { createHash } from 'node:crypto';
import {
  Environment,
  parseAdminKeys,
  parseAuditDays,
  parseCacheSize,
  parseChangeDays,
  parseDrainDelay,
  parseKeepAlive,
  parseLogFormat,
  parseLogLevel,
  parseMinValue,
  parseMissesPerMinute,
  parseOctoKeys,
  parseOctoRequests,
  parsePort,
  parseProcesses,
  parseProxies,
  parseReadKeys,
  parseRetentionDays,
  parseWait,
} from './environment.js';
import type { SuppliersSettings } from './supplier-settings.js';
import { suppliersOf } from './suppliers.js';
import { parseTiers, windowOf, type Tier } from './tiers.js';
import {
  parseHost,
  parseNetworks,
  parsePublicUrl,
  parseAuditShare,
  parseShare,
  parseTimeZone,
  type NamedKey,
  type Network,
} from './values.js';

/** Whose the key is that has no name of its own. */
export const SOLE_ADMIN = 'admin';

/** The embedded PostgreSQL has 100 connections; a process uses up to 15 (`prisma/connection-capacity.ts`), and some are for psql and backups. */
const MOST_ON_EMBEDDED = 4;

export class DatabaseSettings {
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  readonly url: string | undefined;
  /** A read replica of it; undefined: there is none. */
  readonly replicaUrl: string | undefined;
  readonly dataDir: string;

  constructor(env: Environment) {
    this.url = env.DATABASE_URL ?? env.POSTGRES_PRISMA_URL;
    this.replicaUrl = env.DATABASE_REPLICA_URL;
    this.dataDir = env.DATA_DIR;
  }
}

/** How, and from which level on, lines are logged. */
export interface LogSettings {
  readonly json: boolean;
  readonly levels: readonly ('debug' | 'log' | 'warn' | 'error' | 'fatal')[];
}

const LEVELS = { debug: ['debug', 'log'], info: ['log'], warn: [], error: [] } as const;

function logSettings({ LOG_FORMAT, LOG_LEVEL }: Environment, production: boolean): LogSettings {
  const format = parseLogFormat(LOG_FORMAT);
  const level = parseLogLevel(LOG_LEVEL);
  const warnings = level === 'error' ? [] : (['warn'] as const);
  return {
    json: format === 'json' || (format === 'auto' && production),
    levels: [...LEVELS[level], ...warnings, 'error', 'fatal'],
  };
}

export class ServerSettings {
  /** An address or a name, without brackets. */
  readonly host: string;
  readonly port: number;
  /** Where suppliers reach it, without a slash at the end; null: nowhere. */
  readonly publicUrl: string | null;
  /** How long a connection over which nothing is asked is kept. */
  readonly keepAliveMs: number;
  /** How long it goes on listening, and says that it is not ready, after SIGTERM. */
  readonly drainDelayMs: number;
  /** How many processes serve on it. */
  readonly processes: number;
  readonly production: boolean;
  readonly dataDir: string;
  /** None: a generated one, outside of production. */
  readonly adminKeys: readonly NamedKey[];
  readonly log: LogSettings;
  /** How long it is kept who did what. */
  readonly auditDays: number;
  /** Answers that a client may have computed a minute; 0: any number. */
  readonly missesPerMinute: number;
  /** Of clients for whom `missesPerMinute` does not count. */
  readonly readKeys: readonly NamedKey[];
  /** How many proxies stand before the server: the client's address is that before the last of them. */
  readonly trustedProxies: number;
  /** How much finished answers may take; 0: none are kept. */
  readonly responseCacheBytes: number;
  /** Networks that webhooks may be sent to, beside public addresses. */
  readonly webhookNetworks: readonly Network[];

  constructor(env: Environment) {
    this.host = parseHost(env.HOST);
    this.port = parsePort(env.PORT);
    this.publicUrl = env.PUBLIC_URL === undefined ? null : parsePublicUrl(env.PUBLIC_URL);
    this.keepAliveMs = parseKeepAlive(env.KEEP_ALIVE_TIMEOUT);
    this.drainDelayMs = parseDrainDelay(env.DRAIN_DELAY);
    this.processes = parseProcesses(env.WEB_CONCURRENCY);
    this.production = env.NODE_ENV === 'production';
    this.dataDir = env.DATA_DIR;
    this.adminKeys = [
      ...(env.ADMIN_API_KEY === undefined ? [] : [{ name: SOLE_ADMIN, key: env.ADMIN_API_KEY }]),
      ...(env.ADMIN_API_KEYS === undefined ? [] : parseAdminKeys(env.ADMIN_API_KEYS)),
    ];
    this.log = logSettings(env, this.production);
    this.auditDays = parseAuditDays(env.AUDIT_DAYS);
    this.missesPerMinute = parseMissesPerMinute(env.MISSES_PER_MINUTE);
    this.readKeys = env.READ_KEYS === undefined ? [] : parseReadKeys(env.READ_KEYS);
    this.trustedProxies = parseProxies(env.TRUST_PROXY);
    this.webhookNetworks = parseNetworks(env.WEBHOOK_ALLOWED_NETWORKS ?? '');
    this.responseCacheBytes = parseCacheSize(env.RESPONSE_CACHE_MB) * 1_048_576;
  }
}

/** The mirror spoken as OCTO. */
export class OctoSettings {
  /** Whose requests are answered, by the SHA-256 of their keys; none: OCTO is off. */
  readonly keys: readonly { readonly name: string; readonly digest: Buffer }[];
  /** What each key may request a minute; 0: any number. */
  readonly requestsPerMinute: number;

  constructor(env: Environment) {
    const keys = env.OCTO_KEYS === undefined ? [] : parseOctoKeys(env.OCTO_KEYS);
    this.keys = keys.map(({ name, key }) => ({ name, digest: createHash('sha256').update(key).digest() }));
    this.requestsPerMinute = parseOctoRequests(env.OCTO_REQUESTS_PER_MINUTE);
  }
}

export class MirrorSettings {
  readonly defaultTimeZone: string;
  /** Of suppliers that name none themselves. The last one is the window of all. */
  readonly tiers: readonly Tier[];
  /** A request that saves fewer stale reads than this is sent only to keep a max age. */
  readonly minValue: number;
  /** How long a reader waits for a day that was never fetched, milliseconds. */
  readonly demandFetchWaitMs: number;
  /** Which part of the budget readers may call for while there is other work. */
  readonly readThroughShare: number;
  /** Which part of the requests is for days drawn at random, to measure how many reads see the truth. */
  readonly auditShare: number;
  readonly retentionDays: number;
  /** For how many days changes are kept. */
  readonly changeDays: number;

  constructor(env: Environment) {
    this.defaultTimeZone = parseTimeZone(env.DEFAULT_TIME_ZONE);
    this.tiers = parseTiers(env.SYNC_TIERS);
    this.minValue = parseMinValue(env.MIN_VALUE);
    this.demandFetchWaitMs = parseWait(env.READ_THROUGH_WAIT);
    this.readThroughShare = parseShare(env.READ_THROUGH_SHARE);
    this.auditShare = parseAuditShare(env.AUDIT_SHARE);
    this.retentionDays = parseRetentionDays(env.RETENTION_DAYS);
    this.changeDays = parseChangeDays(env.CHANGE_DAYS);
  }

  /** How many days from today on are mirrored. */
  get windowDays(): number {
    return windowOf(this.tiers);
  }
}

/** The environment, parsed once, by who needs it. */
export interface Settings {
  readonly database: DatabaseSettings;
  readonly server: ServerSettings;
  readonly suppliers: SuppliersSettings;
  readonly mirror: MirrorSettings;
  readonly octo: OctoSettings;
}

/** The environment is wrong: `message` lists every problem, and what would be right. */
export class EnvironmentError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `Slotmirror cannot start: ${problems.length === 1 ? 'a setting is' : 'settings are'} wrong.\n` +
        problems.map((problem) => `  - ${problem}\n`).join('') +
        'Settings are environment variables, or lines of a file named .env; .env.example explains each.',
    );
  }
}

/** Reads the environment. An empty variable counts as not set, as deployment tools write it. */
export function readSettings(raw: Readonly<Record<string, unknown>>): Settings {
  const given = Object.entries(raw).filter(([, value]) => typeof value === 'string' && value.trim() !== '');
  const env = plainToInstance(
    Environment,
    Object.fromEntries(given.map(([key, value]) => [key, String(value).trim()])),
    {
      exposeDefaultValues: true,
    },
  );
  const problems = validateSync(env, { stopAtFirstError: true }).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );
  problems.push(...keyProblems(env));
  const suppliers = suppliersOf(env, raw, problems);
  const embedded = (env.DATABASE_URL ?? env.POSTGRES_PRISMA_URL) === undefined;
  if (embedded && Number(env.WEB_CONCURRENCY) > MOST_ON_EMBEDDED) {
    problems.push(
      `WEB_CONCURRENCY: the embedded PostgreSQL has connections for at most ${MOST_ON_EMBEDDED} processes; ` +
        'for more set DATABASE_URL',
    );
  }
  if (problems.length > 0) throw new EnvironmentError(problems);
  return {
    database: new DatabaseSettings(env),
    server: new ServerSettings(env),
    suppliers,
    mirror: new MirrorSettings(env),
    octo: new OctoSettings(env),
  };
}

function keyProblems({ NODE_ENV, ADMIN_API_KEY: sole, ADMIN_API_KEYS: named }: Environment): string[] {
  if (NODE_ENV === 'production' && sole === undefined && named === undefined) {
    return ['ADMIN_API_KEY: is missing; in production set it to a secret of at least 16 characters'];
  }
  if (sole !== undefined && named?.split(',').some((part) => part.trim().startsWith(`${SOLE_ADMIN}:`))) {
    return [
      `ADMIN_API_KEYS: "${SOLE_ADMIN}" is whoever has ADMIN_API_KEY; name that key otherwise, or set one of both`,
    ];
  }
  if (sole !== undefined && named?.split(',').some((part) => part.trim().endsWith(`:${sole}`))) {
    return ['ADMIN_API_KEYS: has the key of ADMIN_API_KEY under another name; the audit could not tell them apart'];
  }
  return [];
}
