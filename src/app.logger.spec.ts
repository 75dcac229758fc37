import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AppLogger } from './app.logger.js';
import { readSettings } from './config/index.js';
import { inRequest } from './http/index.js';

const ENV = {
  TICKETE_API_KEY: 'the-key-of-the-supplier',
  ADMIN_API_KEY: 'the-key-of-the-admin',
  ADMIN_API_KEYS: 'alice:the-key-of-alice',
  DATABASE_URL: 'postgresql://user:p%40ssw0rd@db/one',
};

describe('AppLogger', () => {
  let written: string;

  beforeEach(() => {
    written = '';
    const take = (text: unknown) => ((written += String(text)), true);
    jest.spyOn(process.stdout, 'write').mockImplementation(take);
    jest.spyOn(process.stderr, 'write').mockImplementation(take);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const logger = (env: Readonly<Record<string, string>>) => AppLogger.for(readSettings({ ...ENV, ...env }));
  const SECRETS = ['the-key-of-the-supplier', 'the-key-of-the-admin', 'the-key-of-alice', 'p@ssw0rd'];

  it('writes one JSON object a line, with the request that it belongs to', () => {
    const json = logger({ LOG_FORMAT: 'json' });
    inRequest('req-1', () => json.log('hello', 'Sync'));
    json.error('failed', 'Error: failed\n    at here', 'Sync');
    const [first, second] = written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({ level: 'log', context: 'Sync', message: 'hello', requestId: 'req-1' });
    expect(second).toMatchObject({ level: 'error', context: 'Sync', message: 'failed' });
    expect(JSON.stringify(second)).toContain('at here');
    expect(second).not.toHaveProperty('requestId');
  });

  it('writes readable lines likewise', () => {
    inRequest('req-1', () => logger({}).log('hello', 'Sync'));
    expect(written).toMatch(/^\[Slotmirror\] .* LOG .*\[Sync\].* hello \[req-1\]/);
  });

  it('writes nothing below its level', () => {
    const quiet = logger({ LOG_LEVEL: 'warn' });
    quiet.log('a', 'X');
    quiet.debug('b', 'X');
    expect(written).toBe('');
    quiet.warn('c', 'X');
    expect(written).toContain('c');
  });

  it.each(['json', 'text'])('never writes a secret, as %s', (LOG_FORMAT) => {
    const each = logger({ LOG_FORMAT });
    for (const secret of SECRETS) {
      each.log(`a ${secret} b`, 'X');
      each.error(`a ${secret} b`, `Error: ${secret}\n at ${secret}`, 'X');
      each.warn({ nested: { secret } }, 'X');
    }
    each.log(`cannot connect to ${ENV.DATABASE_URL}`, 'X');
    for (const secret of [...SECRETS, 'p%40ssw0rd']) expect(written).not.toContain(secret);
    expect(written).toContain('***');
  });

  it('is not made with a password that is not percent-encoded as it should be, which is not repeated', () => {
    let told = '';
    try {
      logger({ DATABASE_URL: 'postgresql://user:100%-s3cret@db/one' });
    } catch (error) {
      told = String(error);
    }
    expect(told).toContain('DATABASE_URL: holds a "%"');
    expect(told).not.toContain('s3cret');
  });
});
