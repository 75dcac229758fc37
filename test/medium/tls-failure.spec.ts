import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import * as certificates from '../fixtures/certificates.js';
import { createEmptyDatabase, type TestDatabase } from '../setup/test-database.js';
import { TlsFront } from '../setup/tls-front.js';
import { isDatabaseFailure } from '../../src/prisma/database-failure.js';
import { tlsFailureText } from '../../src/prisma/tls-failure.js';
import { withExplicitTls } from '../../src/prisma/tls-settings.js';

const { AUTHORITY, EXPIRED, FOR_ANOTHER_NAME, FOR_LOCALHOST, NOT_YET_VALID, SELF_SIGNED } = certificates;

let database: TestDatabase;
let folder: string;
let trusted: { readonly sslmode: string; readonly sslrootcert: string };
let front: TlsFront | undefined;

beforeAll(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'tls-'));
  trusted = { sslmode: 'require', sslrootcert: path.join(folder, 'ca.pem') };
  await writeFile(trusted.sslrootcert, AUTHORITY);
});
afterEach(() => front?.close());
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

/** What is told of a connection; undefined: it was made. */
async function failureOf(made: TlsFront, parameters: Readonly<Record<string, string>>): Promise<string | undefined> {
  front = made;
  const url = await front.listen(parameters);
  const client = new pg.Client({ connectionString: withExplicitTls(url) });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return undefined;
  } catch (error) {
    expect(isDatabaseFailure(error)).toBe(true);
    return tlsFailureText(error) ?? `not told: ${String(error)}`;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const having = (certificate: string): TlsFront => new TlsFront(new URL(database.url), certificate);

describe('a database with TLS', () => {
  it('is connected to where its CA is named', async () => {
    expect(await failureOf(having(FOR_LOCALHOST), trusted)).toBeUndefined();
  });

  it.each([
    ['signed itself', SELF_SIGNED, 'self-signed certificate'],
    ['is of an unknown authority', FOR_LOCALHOST, 'unable to verify the first certificate'],
  ])('whose certificate %s is told with where its CA can be named', async (_, certificate, reason) => {
    expect(await failureOf(having(certificate), { sslmode: 'require' })).toBe(
      `the server’s certificate is not from an authority that is trusted here (${reason}): name the file with its CA as sslrootcert in the URL, or in NODE_EXTRA_CA_CERTS`,
    );
  });

  it.each([
    ['has expired', EXPIRED, /^the server’s certificate has expired: /],
    ['is not valid yet', NOT_YET_VALID, /^the server’s certificate is not valid yet: /],
    [
      'is for another name',
      FOR_ANOTHER_NAME,
      /^the server’s certificate is for another name: .* as host of the URL \(/,
    ],
  ])('whose certificate %s is told so', async (_, certificate, told) => {
    expect(await failureOf(having(certificate), trusted)).toMatch(told);
  });

  it('that has none is told with what to set', async () => {
    expect(await failureOf(new TlsFront(new URL(database.url), FOR_LOCALHOST, 'N'), trusted)).toBe(
      'the server has no TLS: switch it on there (ssl = on), or take sslmode out of the URL',
    );
  });

  it('that is no PostgreSQL is told', async () => {
    const other = new TlsFront(new URL(database.url), FOR_LOCALHOST, 'HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await failureOf(other, trusted)).toMatch(/^what listens there does not speak PostgreSQL with TLS: /);
  });
});

describe('a failure', () => {
  it.each(['no encryption', 'SSL off'])('of a server that wants TLS and gets "%s" names the setting', (words) => {
    const said = `no pg_hba.conf entry for host "10.0.0.1", user "u", database "d", ${words}`;
    const error = Object.assign(new Error(said), { code: '28000' });
    expect(tlsFailureText(error)).toBe(
      `the server lets nobody in without TLS, or not this user at all: add sslmode=verify-full to the URL, or a line to its pg_hba.conf (${said})`,
    );
  });

  it('of a file that the URL names and that is not there names the parameters', () => {
    const url = 'postgresql://h/d?sslmode=verify-full&sslrootcert=/no/such/ca.pem';
    let thrown: unknown;
    try {
      new pg.Client({ connectionString: url });
    } catch (error) {
      thrown = error;
    }
    expect(tlsFailureText(thrown)).toMatch(
      /^sslrootcert, sslcert or sslkey in the URL names a file .*\/no\/such\/ca\.pem/,
    );
  });

  it('of a handshake is told with the reason alone', () => {
    const message =
      '80DC4C9B597F0000:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../deps/a.c:1601:SSL alert number 116\n';
    const error = Object.assign(new Error(message), { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' });
    expect(tlsFailureText(error)).toBe('the server and we cannot agree on TLS (tlsv13 alert certificate required)');
  });

  it('of anything else is none of TLS', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    const password = Object.assign(new Error('password authentication failed for user "u"'), { code: '28P01' });
    for (const error of [refused, password, new Error('no pg_hba.conf entry, with encryption'), 'text', null]) {
      expect(tlsFailureText(error)).toBeUndefined();
    }
    expect(isDatabaseFailure(new Error('a value said: The server does not support SSL connections'))).toBe(false);
  });
});
