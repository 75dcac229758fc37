import { IsOptional } from 'class-validator';
import { ParsedBy } from './parsed-by.js';
import { parseTiers } from './tiers.js';
import {
  parseDatabaseUrl,
  parseDuration,
  parseHost,
  parseHttpUrl,
  parseIds,
  parseInteger,
  parseKey,
  parseNamedKeys,
  parseNetworks,
  parseOneOf,
  parsePublicUrl,
  parseAuditShare,
  parseShare,
  parseTimeZone,
} from './values.js';

export const parsePort = parseInteger(0, 65_535);
/** On one machine: more would only take turns on its cores. */
export const parseProcesses = parseInteger(1, 16);
export const parseRequestsPerMinute = parseInteger(1, 60_000);
export const parseRetentionDays = parseInteger(0, 3_650);
/** How long changes are kept, days. */
export const parseChangeDays = parseInteger(1, 3_650);
export const parseAdminKey = parseKey(16);
export const parseNotificationSecret = parseKey(16);
export const parseAdminKeys = parseNamedKeys(16);
/** How long it is kept who did what, days. */
export const parseAuditDays = parseInteger(1, 36_500);

/** Keys of those who read the mirror as OCTO. */
export const parseOctoKeys = parseNamedKeys(16);
/** What each of them may request a minute; 0: any number. */
export const parseOctoRequests = parseInteger(0, 10_000_000);

export const parseMissesPerMinute = parseInteger(0, 10_000_000);
/** Whose reads are not limited. */
export const parseReadKeys = parseNamedKeys(16);
export const parseProxies = parseInteger(0, 10);
/** Memory for finished answers, MB. */
export const parseCacheSize = parseInteger(0, 100_000);

/** How lines are logged. auto: as JSON in production. */
export const parseLogFormat = parseOneOf('auto', 'json', 'text');
export const parseLogLevel = parseOneOf('debug', 'info', 'warn', 'error');

const LONGEST_WAIT_MS = 30_000;

/** How long a reader may be kept waiting; 0s: not at all. */
export function parseWait(text: string): number {
  const ms = parsePause(text);
  if (ms > LONGEST_WAIT_MS) throw new Error(`"${text}" is too long for a reader to wait; at most 30s`);
  return ms;
}

const LONGEST_DRAIN_DELAY_MS = 60_000;

/** How long the server goes on listening after it was told to stop; 0s: not at all. */
export function parseDrainDelay(text: string): number {
  const ms = parsePause(text);
  if (ms > LONGEST_DRAIN_DELAY_MS) throw new Error(`"${text}" is too long to stop; at most 60s`);
  return ms;
}

function parsePause(text: string): number {
  return /^0(ms|s|m|h)?$/.test(text) ? 0 : parseDuration(text);
}

const LONGEST_TIMEOUT_MS = 10 * 60_000;

/** Stale reads that a request must save, 0 to 100. */
export function parseMinValue(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > 100)
    throw new Error(`"${text}" is not a number from 0 to 100, such as 0.01`);
  return value;
}

/** How long a connection over which nothing is asked is kept. */
export function parseKeepAlive(text: string): number {
  const ms = parseDuration(text);
  if (ms < 1_000 || ms > LONGEST_TIMEOUT_MS) throw new Error(`"${text}" is no time to keep a connection; 1s to 10m`);
  return ms;
}

export function parseTimeout(text: string): number {
  const ms = parseDuration(text);
  if (ms > LONGEST_TIMEOUT_MS) throw new Error(`"${text}" is too long for a request; at most 10m`);
  return ms;
}

/** Whether it is missing depends on SUPPLIERS_FILE. */
function parseSupplierKey(text: string): string {
  return text === '' ? text : parseKey(1)(text);
}

/** Every environment variable that is read, as text, with its default. Their meanings stand in this folder's README.md. */
export class Environment {
  NODE_ENV?: string;

  @IsOptional()
  @ParsedBy(parseDatabaseUrl)
  DATABASE_URL?: string;

  @IsOptional()
  @ParsedBy(parseDatabaseUrl)
  POSTGRES_PRISMA_URL?: string;

  @IsOptional()
  @ParsedBy(parseDatabaseUrl)
  DATABASE_REPLICA_URL?: string;

  DATA_DIR = '.data';

  @ParsedBy(parseHost)
  HOST = '0.0.0.0';

  @ParsedBy(parsePort)
  PORT = '4000';

  @IsOptional()
  @ParsedBy(parsePublicUrl)
  PUBLIC_URL?: string;

  @ParsedBy(parseKeepAlive)
  KEEP_ALIVE_TIMEOUT = '72s';

  @ParsedBy(parseDrainDelay)
  DRAIN_DELAY = '1s';

  @ParsedBy(parseProcesses)
  WEB_CONCURRENCY = '1';

  @ParsedBy(parseMissesPerMinute)
  MISSES_PER_MINUTE = '1200';

  @IsOptional()
  @ParsedBy(parseReadKeys)
  READ_KEYS?: string;

  @ParsedBy(parseProxies)
  TRUST_PROXY = '0';

  @ParsedBy(parseCacheSize)
  RESPONSE_CACHE_MB = '24';

  @IsOptional()
  SUPPLIERS_FILE?: string;

  @ParsedBy(parseHttpUrl)
  SUPPLIER_URL = 'https://leap-api.tickete.co/api/v1';

  @ParsedBy(parseSupplierKey)
  TICKETE_API_KEY = '';

  @ParsedBy(parseRequestsPerMinute)
  SUPPLIER_REQUESTS_PER_MINUTE = '30';

  @ParsedBy(parseTimeout)
  SUPPLIER_TIMEOUT = '10s';

  @IsOptional()
  @ParsedBy(parseNotificationSecret)
  SUPPLIER_NOTIFICATION_SECRET?: string;

  @ParsedBy(parseIds)
  EXPERIENCES = '14,15';

  @ParsedBy(parseTimeZone)
  DEFAULT_TIME_ZONE = 'Asia/Singapore';

  @ParsedBy(parseTiers)
  SYNC_TIERS = '1:15m,7:4h,30:24h,61:24h';

  @ParsedBy(parseMinValue)
  MIN_VALUE = '0.001';

  @ParsedBy(parseWait)
  READ_THROUGH_WAIT = '2s';

  @ParsedBy(parseShare)
  READ_THROUGH_SHARE = '20%';

  @ParsedBy(parseAuditShare)
  AUDIT_SHARE = '0.01';

  @ParsedBy(parseRetentionDays)
  RETENTION_DAYS = '7';

  @ParsedBy(parseChangeDays)
  CHANGE_DAYS = '30';

  @IsOptional()
  @ParsedBy(parseNetworks)
  WEBHOOK_ALLOWED_NETWORKS?: string;

  @IsOptional()
  @ParsedBy(parseAdminKey)
  ADMIN_API_KEY?: string;

  @IsOptional()
  @ParsedBy(parseAdminKeys)
  ADMIN_API_KEYS?: string;

  @IsOptional()
  @ParsedBy(parseOctoKeys)
  OCTO_KEYS?: string;

  @ParsedBy(parseOctoRequests)
  OCTO_REQUESTS_PER_MINUTE = '1200';

  @ParsedBy(parseLogFormat)
  LOG_FORMAT = 'auto';

  @ParsedBy(parseLogLevel)
  LOG_LEVEL = 'info';

  @ParsedBy(parseAuditDays)
  AUDIT_DAYS = '400';
}
