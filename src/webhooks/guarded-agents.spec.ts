import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guardedAgents } from './guarded-agents.js';
import type { ResolveName } from './name-resolution.js';

describe('a name', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => server.close().closeAllConnections());

  /** A name that resolves to something else each time. */
  const resolving =
    (...answers: string[][]): ResolveName =>
    () =>
      Promise.resolve((answers.shift() ?? []).map((address) => ({ address, family: 4 })));

  const statusOf = (resolve: ResolveName) => {
    const agent = guardedAgents((address) => address === '127.0.0.1', resolve).httpAgent;
    return () =>
      new Promise<number | string | undefined>((settle) =>
        get({ host: 'shop.example', port, agent, headers: { connection: 'close' } }, (response) => {
          response.resume();
          settle(response.statusCode);
        }).on('error', ({ message }) => settle(message)),
      );
  };

  it('that changes its mind is judged at each connection', async () => {
    const send = statusOf(resolving(['127.0.0.1'], ['127.0.0.2'], ['127.0.0.2', '127.0.0.1']));
    expect(await send()).toBe(200);
    expect(await send()).toBe('shop.example is 127.0.0.2, which is not public');
    // One of its addresses may be called: that one is.
    expect(await send()).toBe(200);
  });
});
