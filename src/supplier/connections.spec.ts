import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Connections } from './connections.js';

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]';
const TIMEOUT_MS = 10_000;

/** What becomes of the nth request on a connection, counted from 0. */
type Behaviour = (socket: Socket, nth: number) => void;

let server: Server;
let sockets: Socket[];
let seen: number;
let behave: Behaviour;

beforeEach(async () => {
  sockets = [];
  seen = 0;
  server = createServer((socket) => {
    sockets.push(socket);
    let nth = 0;
    socket.on('error', () => undefined);
    socket.on('data', () => {
      seen++;
      behave(socket, nth++);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

function ask(connections: Connections, agents = connections.kept): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  return axios.get(`http://127.0.0.1:${port}/`, { ...agents, maxRedirects: 0, proxy: false });
}

/** Whether the second request on a connection, which gets what `behave` says, failed as a stale one does. */
async function isStale(connections: Connections): Promise<boolean> {
  await ask(connections);
  await delay(5);
  const error: unknown = await ask(connections).catch((reason: unknown) => reason);
  expect(axios.isAxiosError(error)).toBe(true);
  expect(seen).toBe(2);
  return connections.wasStale(error);
}

const reset = (socket: Socket): void => void socket.resetAndDestroy();

describe('a request failed on a stale connection', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['reset', reset],
    ['closed', (socket) => socket.destroy()],
  ])('when the connection was used before and was %s without an answer', async (_, end) => {
    behave = (socket, nth) => (nth === 0 ? void socket.write(ANSWER) : end(socket));
    expect(await isStale(new Connections(TIMEOUT_MS))).toBe(true);
  });

  it.each([
    ['a letter', 'H'],
    ['the head', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n'],
  ])('not when %s of an answer had come', async (_, part) => {
    behave = (socket, nth) =>
      nth === 0 ? void socket.write(ANSWER) : void socket.write(part, () => setTimeout(reset, 5, socket));
    expect(await isStale(new Connections(TIMEOUT_MS))).toBe(false);
  });

  it('not when the connection was new', async () => {
    behave = reset;
    const connections = new Connections(TIMEOUT_MS);
    const failed = await ask(connections).catch((error: unknown) => error);
    expect(connections.wasStale(failed)).toBe(false);
    expect(connections.wasStale(new Error('socket hang up'))).toBe(false);
  });
});

describe('a connection', () => {
  it('is used again, and by us not kept longer than it may idle', async () => {
    behave = (socket) => void socket.write(ANSWER);
    const connections = new Connections(TIMEOUT_MS, 100);
    await ask(connections);
    await delay(5);
    await ask(connections);
    expect(sockets).toHaveLength(1);
    await delay(200);
    expect(sockets[0]?.destroyed || sockets[0]?.readableEnded).toBe(true);
    await ask(connections);
    expect(sockets).toHaveLength(2);
  });

  it('may wait for an answer longer than it may idle', async () => {
    behave = (socket) => void setTimeout(() => socket.write(ANSWER), 200);
    const connections = new Connections(TIMEOUT_MS, 50);
    await ask(connections);
    await ask(connections);
    expect(seen).toBe(2);
  });

  it('is a new one for each request that must not meet a stale one', async () => {
    behave = (socket) => void socket.write(ANSWER);
    const connections = new Connections(TIMEOUT_MS);
    await ask(connections);
    await ask(connections, connections.fresh);
    await ask(connections, connections.fresh);
    expect(sockets).toHaveLength(3);
  });
});
