import { afterEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { createServer as createHttpServer } from 'node:http';
import { Agent, createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import * as certificates from '../../test/fixtures/certificates.js';
import { NO_MASK } from '../../test/fixtures/leap-answers.js';
import { brokenExchange } from './broken-exchange.js';

const { AUTHORITY, EXPIRED, FOR_ANOTHER_NAME, FOR_LOCALHOST, NOT_YET_VALID, SELF_SIGNED, SERVER_KEY } = certificates;

let server: Server | undefined;

afterEach(async () => {
  await new Promise((resolve) => server?.close(resolve));
});

/** What is told of a request to it, where `ca` is trusted. */
async function toldOf(scheme: 'http' | 'https', listener: Server, ca?: string): Promise<string> {
  server = listener;
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const url = `${scheme}://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const httpsAgent = new Agent({ keepAlive: false, ...(ca === undefined ? {} : { ca }) });
  const error: unknown = await axios.get(url, { httpsAgent, proxy: false, maxRedirects: 0 }).then(
    () => new Error('nothing was wrong'),
    (reason: unknown) => reason,
  );
  const progress = { phase: 'connecting', bytes: 0 } as const;
  const exchange = { timedOut: false, timeoutMs: 10_000, progress, url, proxy: null, mask: NO_MASK };
  const { kind, detail } = brokenExchange(error, exchange);
  expect(kind).toBe('unreachable');
  return detail.replaceAll(new URL(url).host, 'HOST');
}

const secure = (cert: string): Server =>
  createHttpsServer({ key: SERVER_KEY, cert }, (_, response) => response.end('[]'));

/** Answers whatever comes with these bytes, and ends. */
const saying = (bytes: string | Buffer): Server =>
  createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(bytes));
  });

describe('a certificate', () => {
  it.each([
    ['that signed itself', SELF_SIGNED, 'self-signed certificate'],
    ['of an unknown authority', FOR_LOCALHOST, 'unable to verify the first certificate'],
  ])('%s is told with where its CA can be named', async (_, certificate, reason) => {
    expect(await toldOf('https', secure(certificate))).toBe(
      `the certificate of HOST is not from an authority that is trusted here (${reason}): name the file with its CA in NODE_EXTRA_CA_CERTS`,
    );
  });

  it.each([
    ['has expired', EXPIRED, 'has expired: it must be renewed there, or the clock here be set'],
    ['is not valid yet', NOT_YET_VALID, 'is not valid yet: the clock here or there must be set'],
  ])('that %s is told so', async (_, certificate, told) => {
    expect(await toldOf('https', secure(certificate), AUTHORITY)).toBe(`the certificate of HOST ${told}`);
  });

  it('for another name is told with the variable that holds the name', async () => {
    expect(await toldOf('https', secure(FOR_ANOTHER_NAME), AUTHORITY)).toMatch(
      /^the certificate of HOST is for another name: use one that it is for in the URL of the supplier \(.*IP: 127\.0\.0\.1 is not/,
    );
  });

  it('that is trusted is no failure', async () => {
    expect(await toldOf('https', secure(FOR_LOCALHOST), AUTHORITY)).toBe('nothing was wrong');
  });
});

describe('a server that', () => {
  const NO_TLS =
    'HOST does not speak TLS: use its port for https://, or http:// in the URL of the supplier (wrong version number)';

  it('speaks plain HTTP, or something else, is told under https://', async () => {
    expect(await toldOf('https', createHttpServer())).toBe(NO_TLS);
  });

  it('speaks something else is told likewise', async () => {
    expect(await toldOf('https', saying('SSH-2.0-OpenSSH_9.6\r\n'))).toBe(NO_TLS);
  });

  it('speaks TLS and ends a plain request is told with what it may be', async () => {
    expect(await toldOf('http', secure(FOR_LOCALHOST))).toBe(
      'ECONNRESET socket hang up; if HOST speaks TLS, write https:// in the URL of the supplier',
    );
  });

  it('answers a plain request with an alert of TLS is told for what it is', async () => {
    const alert = Buffer.from([21, 3, 1, 0, 2, 2, 70]);
    expect(await toldOf('http', saying(alert))).toBe('HOST speaks TLS: write https:// in the URL of the supplier');
  });

  it('answers a plain request with anything else is not taken for one of TLS', async () => {
    expect(await toldOf('http', saying('220 smtp.example ESMTP\r\n'))).toMatch(/^HPE_INVALID_CONSTANT Parse Error/);
  });

  it('knows only TLS that is too old is told with the reason alone', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const told = await toldOf('https', createHttpsServer({ key: SERVER_KEY, cert: FOR_LOCALHOST, ...old }), AUTHORITY);
    expect(told).toMatch(/^HOST and we cannot agree on TLS \([\w ]+\)$/);
  });
});
