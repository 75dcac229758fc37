import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { get, type Agent } from 'node:http';
import { connect, createServer, type AddressInfo, type LookupFunction, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { attemptMs, Connections } from './connections.js';

/** Linux answers on all of 127.0.0.0/8; one is deaf, the other may serve. */
const DEAF = '127.0.0.2';
const SERVING = '127.0.0.1';

/** A listener that takes nobody in until `flag` is set: once its queue is full, packets for it are dropped. */
const LISTENER = `
  const { createServer } = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => socket.end('HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n[]'));
  });
  server.listen({ host: '${DEAF}', port: 0, backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(workerData, 0, 0));
  });
`;

let flag: Int32Array;
let deaf: Worker;
let port: number;
let waiting: Socket[];
let server: Server | undefined;

async function startDeaf(): Promise<void> {
  flag = new Int32Array(new SharedArrayBuffer(4));
  deaf = new Worker(LISTENER, { eval: true, workerData: flag });
  port = await new Promise<number>((resolve) => deaf.once('message', resolve));
  await delay(50);
  // More than its queue holds.
  waiting = Array.from({ length: 4 }, () => connect(port, DEAF).on('error', () => undefined));
  await delay(50);
  server = undefined;
}

async function stopDeaf(): Promise<void> {
  listen();
  for (const socket of waiting) socket.destroy();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  await deaf.terminate();
}

/** What was dropped is sent again after a second, and then gets through. */
function listen(): void {
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}

const bothAddresses: LookupFunction = (_host, _options, done) => {
  done(null, [
    { address: DEAF, family: 4 },
    { address: SERVING, family: 4 },
  ]);
};

/** From which address the answer came. */
function askedAt(agent: Agent): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const request = get({ host: 'supplier.test', port, agent, lookup: bothAddresses }, (answer) => {
      const { remoteAddress } = answer.socket;
      answer.resume().once('end', () => resolve(remoteAddress));
    });
    request.once('error', reject);
  });
}

const bothKinds = ({ kept, fresh }: Connections): Agent[] => [kept.httpAgent, fresh.httpAgent];

describe('a supplier with two addresses', () => {
  beforeEach(startDeaf);
  afterEach(stopDeaf);

  it('is connected to at the one that works, though it takes a second and the other refuses', async () => {
    const asked = Promise.all(bothKinds(new Connections(10_000)).map(askedAt));
    await delay(300);
    listen();
    expect(await asked).toEqual([DEAF, DEAF]);
  });

  it('is connected to at the other where the first stays silent, and time is left', async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]'));
    });
    await new Promise<void>((resolve) => server?.listen(port, SERVING, resolve));
    expect((server.address() as AddressInfo).port).toBe(port);
    const before = performance.now();
    const timed = async (agent: Agent) => [await askedAt(agent), performance.now() - before > 450];
    const both = await Promise.all(bothKinds(new Connections(2_000)).map(timed));
    expect(both).toEqual([
      [SERVING, true],
      [SERVING, true],
    ]);
  });
});

describe('the time for one address', () => {
  it.each([
    [500, 250],
    [2_000, 500],
    [10_000, 2_500],
    [12_001, 3_000],
    [120_000, 3_000],
  ])('is of %d ms for an exchange %d', (timeoutMs, expected) => {
    expect(attemptMs(timeoutMs)).toBe(expected);
  });

  it('is also that of connections with TLS', () => {
    const { kept, fresh } = new Connections(10_000);
    for (const { httpsAgent } of [kept, fresh]) {
      expect(httpsAgent.options).toMatchObject({ autoSelectFamilyAttemptTimeout: 2_500 });
    }
  });
});
