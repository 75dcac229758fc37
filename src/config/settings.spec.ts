import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import {
  ConfigModule,
  DatabaseSettings,
  EnvironmentError,
  MirrorSettings,
  readSettings,
  ServerSettings,
  SuppliersSettings,
} from './index.js';
import { proxyFor } from './proxy.js';

const KEY = { TICKETE_API_KEY: 'a-key' };
const DAY_MS = 86_400_000;

describe('the settings', () => {
  it('have a default for everything but the supplier’s key', () => {
    const { database, server, suppliers, mirror } = readSettings(KEY);
    expect(database).toEqual({ url: undefined, replicaUrl: undefined, dataDir: '.data' });
    expect(server).toEqual({
      host: '0.0.0.0',
      port: 4000,
      publicUrl: null,
      keepAliveMs: 72_000,
      drainDelayMs: 1_000,
      processes: 1,
      production: false,
      dataDir: '.data',
      adminKeys: [],
      auditDays: 400,
      log: { json: false, levels: ['log', 'warn', 'error', 'fatal'] },
      missesPerMinute: 1_200,
      readKeys: [],
      trustedProxies: 0,
      responseCacheBytes: 24 * 1_048_576,
      webhookNetworks: [],
    });
    expect(suppliers.all).toHaveLength(1);
    expect(suppliers.all[0]).toEqual({
      ...{ name: 'leap', api: 'leap', timeZone: null, notificationSecret: null, own: {} },
      experiences: [14, 15].map((id) => ({ id, product: String(id), option: null, timeZone: null })),
      url: 'https://leap-api.tickete.co/api/v1',
      apiKey: 'a-key',
      requestsPerMinute: 30,
      timeoutMs: 10_000,
      tiers: mirror.tiers,
      proxy: proxyFor('https://leap-api.tickete.co/api/v1'),
    });
    expect(mirror).toEqual({
      defaultTimeZone: 'Asia/Singapore',
      tiers: [
        { days: 1, maxAgeMs: 900_000 },
        { days: 7, maxAgeMs: DAY_MS / 6 },
        { days: 30, maxAgeMs: DAY_MS },
        { days: 61, maxAgeMs: DAY_MS },
      ],
      minValue: 0.001,
      demandFetchWaitMs: 2_000,
      readThroughShare: 0.2,
      auditShare: 0.01,
      retentionDays: 7,
      changeDays: 30,
    });
    expect(mirror.windowDays).toBe(61);
  });

  it('are what the environment says', () => {
    const { database, server, suppliers, mirror } = readSettings({
      ...KEY,
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://db/one',
      DATA_DIR: '/var/lib/slotmirror',
      HOST: '127.0.0.1',
      PORT: '0',
      PUBLIC_URL: 'https://mirror.example/base/',
      WEB_CONCURRENCY: '16',
      SUPPLIER_URL: 'http://localhost:4100/api/v1/',
      SUPPLIER_REQUESTS_PER_MINUTE: '300',
      SUPPLIER_TIMEOUT: '500ms',
      EXPERIENCES: '7',
      DEFAULT_TIME_ZONE: 'Europe/Berlin',
      SYNC_TIERS: '3:1h',
      RETENTION_DAYS: '0',
      ADMIN_API_KEY: 'sixteen-letters!',
      ADMIN_API_KEYS: ' bob:bob-has-his-own-key ',
    });
    expect(database).toEqual({ url: 'postgresql://db/one', dataDir: '/var/lib/slotmirror' });
    expect(server).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      publicUrl: 'https://mirror.example/base',
      processes: 16,
      production: true,
      adminKeys: [
        { name: 'admin', key: 'sixteen-letters!' },
        { name: 'bob', key: 'bob-has-his-own-key' },
      ],
    });
    expect(suppliers.all[0]).toMatchObject({
      url: 'http://localhost:4100/api/v1',
      requestsPerMinute: 300,
      timeoutMs: 500,
    });
    expect(suppliers.all[0]?.experiences.map(({ id }) => id)).toEqual([7]);
    expect(mirror).toMatchObject({
      defaultTimeZone: 'Europe/Berlin',
      retentionDays: 0,
      windowDays: 3,
    });
  });

  it.each(['mirror.example', 'ftp://mirror.example', 'https://mirror.example/?a', 'https://user:key@mirror.example'])(
    'refuse the public URL %s',
    (url) => {
      expect(() => readSettings({ ...KEY, PUBLIC_URL: url })).toThrow('PUBLIC_URL: ');
    },
  );

  it('take the database from POSTGRES_PRISMA_URL where DATABASE_URL is not set', () => {
    const other = { ...KEY, POSTGRES_PRISMA_URL: 'postgres://db/other' };
    expect(readSettings(other).database.url).toBe('postgres://db/other');
    expect(readSettings({ ...other, DATABASE_URL: '' }).database.url).toBe('postgres://db/other');
    expect(readSettings({ ...other, DATABASE_URL: 'postgres://db/one' }).database.url).toBe('postgres://db/one');
  });

  it('take an empty or blank variable for one that is not set, and trim the others', () => {
    const { server, suppliers } = readSettings({
      ...KEY,
      PORT: '',
      HOST: '  ',
      ADMIN_API_KEY: '',
      EXPERIENCES: ' 14 ',
    });
    expect(server).toMatchObject({ port: 4000, host: '0.0.0.0', adminKeys: [] });
    expect(suppliers.all[0]?.experiences.map(({ id }) => id)).toEqual([14]);
  });

  it('do not mind what else the environment holds', () => {
    const raw = { ...KEY, PATH: '/bin', constructor: 'x', toString: 'y', JSON_LIKE: '{"a":1}' };
    expect(readSettings(raw).server.port).toBe(4000);
  });
});

describe('a wrong environment', () => {
  it('is refused with one message that lists every problem and what would be right', () => {
    const refusal = refusalOf({
      DATABASE_URL: 'mysql://root:hunter2@db/one',
      PORT: '70000',
      SUPPLIER_URL: 'supplier.example',
      SUPPLIER_REQUESTS_PER_MINUTE: '0',
      SUPPLIER_TIMEOUT: '10',
      EXPERIENCES: '14,x',
      DEFAULT_TIME_ZONE: 'Mars/Olympus',
      SYNC_TIERS: '7:4h,1:15m',
      RETENTION_DAYS: '-1',
      ADMIN_API_KEY: 'tooshort',
    });
    expect(refusal).toBe(`Slotmirror cannot start: settings are wrong.
  - DATABASE_URL: this is not a PostgreSQL URL; write one like postgresql://user:password@host:5432/database
  - PORT: "70000" is not a whole number from 0 to 65535
  - SUPPLIER_URL: "supplier.example" is not the root of an API; write one like https://supplier.example/api/v1
  - SUPPLIER_REQUESTS_PER_MINUTE: "0" is not a whole number from 1 to 60000
  - SUPPLIER_TIMEOUT: "10" is not a duration; write one like 500ms, 10s, 15m or 4h (more than 0, at most a year)
  - EXPERIENCES: "14,x" is not a list of ids; write whole numbers from 1 to 2147483647 like 14,15
  - DEFAULT_TIME_ZONE: "Mars/Olympus" is not a time zone; write an IANA name like Asia/Singapore
  - SYNC_TIERS: "7:4h,1:15m": the days of the tiers must rise, like 1:15m,7:4h,30:24h
  - RETENTION_DAYS: "-1" is not a whole number from 0 to 3650
  - ADMIN_API_KEY: a key is at least 16 characters of printable ASCII without spaces
  - TICKETE_API_KEY: is missing; set it to the key that the supplier gave you (to try without one: npm run demo)
Settings are environment variables, or lines of a file named .env; .env.example explains each.`);
  });

  it.each(['', ' ', undefined])('is one without the supplier’s key (%j)', (key) => {
    expect(refusalOf({ TICKETE_API_KEY: key })).toContain(
      'a setting is wrong.\n  - TICKETE_API_KEY: is missing; set it to the key that the supplier gave you',
    );
  });

  it('is one without an admin key in production, and only there', () => {
    expect(refusalOf({ ...KEY, NODE_ENV: 'production', ADMIN_API_KEY: ' ' })).toContain(
      'ADMIN_API_KEY: is missing; in production set it to a secret of at least 16 characters',
    );
    expect(() => readSettings({ ...KEY, NODE_ENV: 'development' })).not.toThrow();
  });

  it('is one with more processes than the database has connections for, where it is the embedded one', () => {
    expect(refusalOf({ ...KEY, WEB_CONCURRENCY: '5' })).toContain(
      'WEB_CONCURRENCY: the embedded PostgreSQL has connections for at most 4 processes; for more set DATABASE_URL',
    );
    expect(readSettings({ ...KEY, WEB_CONCURRENCY: '4' }).server.processes).toBe(4);
  });

  it('never has its secrets repeated', () => {
    const secret = 'hunter2 \t with a space';
    const refusal = refusalOf({
      DATABASE_URL: `postgres//u:${secret}@db`,
      POSTGRES_PRISMA_URL: `host=db password=${secret}`,
      TICKETE_API_KEY: secret,
      ADMIN_API_KEY: secret,
    });
    expect(refusal).toContain('TICKETE_API_KEY');
    expect(refusal).not.toContain('hunter2');
    for (const url of ['https://supplier.example/octo?key=hunter2', 'https://u:hunter2@supplier.example/octo']) {
      const ofUrl = refusalOf({ ...KEY, SUPPLIER_URL: url, PUBLIC_URL: url });
      expect(ofUrl).toContain('SUPPLIER_URL: "https://supplier.example/octo"');
      expect(ofUrl).not.toContain('hunter2');
    }
  });

  it('is one whose timeout no timer of Node can hold (it would fire at once)', () => {
    expect(refusalOf({ ...KEY, SUPPLIER_TIMEOUT: '600h' })).toContain('SUPPLIER_TIMEOUT');
  });
});

describe('ConfigModule', () => {
  it('gives each section under its class', async () => {
    const source = { only: true, overrides: () => ({ ...KEY, PORT: '4321', DATABASE_URL: 'postgres://db/one' }) };
    const module = await Test.createTestingModule({ imports: [await ConfigModule.read(source)] }).compile();
    expect(module.get(ServerSettings).port).toBe(4321);
    expect(module.get(DatabaseSettings)).toBeInstanceOf(DatabaseSettings);
    expect(module.get(SuppliersSettings).all[0]?.apiKey).toBe('a-key');
    expect(module.get(MirrorSettings).windowDays).toBe(61);
    await module.close();
  });

  it('tells everything that is wrong', async () => {
    const read = ConfigModule.read({ only: true, overrides: () => ({ PORT: 'x', RETENTION_DAYS: 'y' }) });
    await expect(read).rejects.toThrow(/PORT: .*\n.*RETENTION_DAYS: .*\n.*TICKETE_API_KEY: /);
  });

  it('leaves the process’s own environment as it is', async () => {
    const before = { ...process.env };
    await ConfigModule.read({ only: true, overrides: () => ({ ...KEY, PORT: '4321' }) });
    expect({ ...process.env }).toEqual(before);
  });
});

function refusalOf(raw: Readonly<Record<string, unknown>>): string {
  try {
    readSettings(raw);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}
