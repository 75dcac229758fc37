import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestClock } from '../../test/setup/test-clock.js';
import { DrainingServer } from './draining-server.js';
import { ReadFastPath } from './read-fast-path.js';

describe('the server with its read fast path', () => {
  const agent = new http.Agent({ keepAlive: true });
  let fastPath: ReadFastPath;
  let draining: DrainingServer;
  let server: http.Server;
  let misses: ServerResponse[];
  let held: (() => void)[];

  beforeEach(async () => {
    misses = [];
    held = [];
    fastPath = new ReadFastPath();
    draining = new DrainingServer(fastPath);
    const cache = { find: () => undefined };
    const answers = (request: IncomingMessage, response: ServerResponse) => {
      if (request.url !== '/miss') return false;
      misses.push(response);
      response.end('miss');
      return true;
    };
    fastPath.open({ cache, misses: { answers }, clock: new TestClock(new Date(0)), proxies: 0 });
    server = draining.serverFor((request, response) => {
      if (request.url === '/slow') held.push(() => response.end('slow'));
      else response.end('framework');
    }, {});
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(async () => {
    agent.destroy();
    await once(server.close(), 'close');
  });

  const get = (path: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      http.get({ port, path, agent }, (response) => resolve(response.resume())).on('error', reject);
    });

  it('leaves to the framework what is neither in the cache nor a cache miss', async () => {
    expect((await get('/else')).statusCode).toBe(200);
    expect(misses).toHaveLength(0);
  });

  it('answers misses until the fast path closes, and then leaves them to the framework', async () => {
    await get('/miss');
    expect(misses).toHaveLength(1);
    fastPath.close();
    expect((await get('/miss')).statusCode).toBe(200);
    expect(misses).toHaveLength(1);
  });

  it('takes no request after the server closed', async () => {
    draining.close();
    await expect(get('/else')).rejects.toThrow();
  });

  it('has what was asked before it closed answered, and says that it was the last answer of its connection', async () => {
    const answer = get('/slow');
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    draining.close();
    held[0]?.();
    expect((await answer).headers.connection).toBe('close');
  });

  it('keeps nobody waiting for who takes nothing', async () => {
    const answer = get('/slow');
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    draining.cutAll();
    await expect(answer).rejects.toThrow('socket hang up');
  });
});
