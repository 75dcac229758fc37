import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

const KEY = { TICKETE_API_KEY: 'a-key' };

function refusalOf(env: Readonly<Record<string, string>>): string {
  try {
    readSettings(env);
  } catch (error) {
    return (error as Error).message;
  }
  return 'it was not refused';
}

describe('the logs', () => {
  it.each([
    [{ NODE_ENV: 'production', ADMIN_API_KEY: 'sixteen-letters!' }, true, ['log', 'warn', 'error', 'fatal']],
    [
      { NODE_ENV: 'production', ADMIN_API_KEY: 'sixteen-letters!', LOG_FORMAT: 'text' },
      false,
      ['log', 'warn', 'error', 'fatal'],
    ],
    [{ LOG_FORMAT: 'json', LOG_LEVEL: 'debug' }, true, ['debug', 'log', 'warn', 'error', 'fatal']],
    [{ LOG_LEVEL: 'error' }, false, ['error', 'fatal']],
  ])('are as %j says', (env, json, levels) => {
    expect(readSettings({ ...KEY, ...env }).server.log).toEqual({ json, levels });
  });
});

describe('the end of connections', () => {
  it.each([
    [
      { KEEP_ALIVE_TIMEOUT: '5s', DRAIN_DELAY: '0s' },
      { keepAliveMs: 5_000, drainDelayMs: 0 },
    ],
    [
      { KEEP_ALIVE_TIMEOUT: '10m', DRAIN_DELAY: '1m' },
      { keepAliveMs: 600_000, drainDelayMs: 60_000 },
    ],
  ])('comes as %j says', (env, settings) => {
    expect(readSettings({ ...KEY, ...env }).server).toMatchObject(settings);
  });

  it.each([
    [{ KEEP_ALIVE_TIMEOUT: '0s' }, 'KEEP_ALIVE_TIMEOUT: '],
    [{ KEEP_ALIVE_TIMEOUT: '500ms' }, 'KEEP_ALIVE_TIMEOUT: "500ms" is no time to keep a connection'],
    [{ KEEP_ALIVE_TIMEOUT: '11m' }, 'KEEP_ALIVE_TIMEOUT: "11m" is no time to keep a connection'],
    [{ DRAIN_DELAY: '2m' }, 'DRAIN_DELAY: "2m" is too long to stop'],
    [{ HOST: 'http://0.0.0.0' }, 'HOST: "http://0.0.0.0" is no place to listen'],
  ])('is refused as %j', (env, complaint) => {
    expect(refusalOf({ ...KEY, ...env })).toContain(complaint);
  });
});

describe('the admin keys', () => {
  const ALICE = 'alice:the-key-of-alice';
  it.each([
    [{ ADMIN_API_KEYS: 'alice' }, 'entry 1 is not name:key'],
    [{ ADMIN_API_KEYS: `${ALICE},` }, 'entry 2 is not name:key'],
    [{ ADMIN_API_KEYS: 'a b:the-key-of-alice' }, 'entry 1 is not name:key'],
    [{ ADMIN_API_KEYS: 'schedule:the-key-of-alice' }, 'entry 1 is not name:key'],
    [{ ADMIN_API_KEYS: 'alice:tooshort' }, 'the key of alice: a key is at least 16 characters'],
    [{ ADMIN_API_KEYS: `${ALICE},alice:another-key-of-hers` }, '"alice" has two keys'],
    [{ ADMIN_API_KEYS: `${ALICE},bob:the-key-of-alice` }, 'alice and bob have the same key'],
    [
      { ADMIN_API_KEYS: 'admin:the-key-of-alice', ADMIN_API_KEY: 'another-key-of-hers' },
      '"admin" is whoever has ADMIN_API_KEY',
    ],
    [{ ADMIN_API_KEYS: ALICE, ADMIN_API_KEY: 'the-key-of-alice' }, 'has the key of ADMIN_API_KEY under another name'],
  ])('are refused as %j, without being repeated', (env, complaint) => {
    const refusal = refusalOf({ ...KEY, ...env });
    expect(refusal).toContain(`ADMIN_API_KEYS: ${complaint}`);
    expect(refusal).not.toMatch(/the-key-of|another-key|tooshort/);
  });

  it('are enough for production without the one that has no name', () => {
    expect(readSettings({ ...KEY, NODE_ENV: 'production', ADMIN_API_KEYS: ALICE }).server.adminKeys).toEqual([
      { name: 'alice', key: 'the-key-of-alice' },
    ]);
  });
});
