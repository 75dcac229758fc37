import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestClock } from '../../test/setup/test-clock.js';
import { FrontDoor } from './front-door.js';

describe('FrontDoor', () => {
  const agent = new http.Agent({ keepAlive: true });
  let door: FrontDoor;
  let server: http.Server;
  let misses: ServerResponse[];
  let closing: boolean;
  let held: (() => void)[];

  beforeEach(async () => {
    misses = [];
    held = [];
    closing = false;
    door = new FrontDoor();
    const cache = { find: () => undefined, compress: () => undefined };
    const answers = (request: IncomingMessage, response: ServerResponse) => {
      if (request.url !== '/miss') return false;
      misses.push(response);
      response.end('miss');
      return true;
    };
    const close = () => {
      closing = true;
    };
    door.open({ cache, misses: { answers, close }, clock: new TestClock(new Date(0)), proxies: 0 });
    server = door.serverFor((request, response) => {
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
  it('lets the framework answer what is neither in memory nor a miss that it can have answered', async () => {
    expect((await get('/else')).statusCode).toBe(200);
    expect(misses).toHaveLength(0);
  });

  it('has misses answered until it closes, and says that it does', async () => {
    await get('/miss');
    expect({ misses: misses.length, closing }).toEqual({ misses: 1, closing: false });
    door.close();
    expect(closing).toBe(true);
    await expect(get('/miss')).rejects.toThrow();
    expect(misses).toHaveLength(1);
  });

  it('has what was asked before it closed answered, and says that it was the last answer of its connection', async () => {
    const answer = get('/slow');
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    door.close();
    held[0]?.();
    expect((await answer).headers.connection).toBe('close');
  });

  it('keeps nobody waiting for who takes nothing', async () => {
    const answer = get('/slow');
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    door.cutAll();
    await expect(answer).rejects.toThrow('socket hang up');
  });
});
