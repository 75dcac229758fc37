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

  beforeEach(async () => {
    misses = [];
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
    server = door.serverFor((_request, response) => response.end('framework'), {});
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
    expect((await get('/miss')).statusCode).toBe(200);
    expect({ misses: misses.length, closing }).toEqual({ misses: 1, closing: true });
  });
});
