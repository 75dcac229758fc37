import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientAddress, FrontDoor } from './front-door.js';

describe('FrontDoor', () => {
  const agent = new http.Agent({ keepAlive: true });
  let door: FrontDoor;
  let server: http.Server;
  let misses: ServerResponse[];

  beforeEach(async () => {
    misses = [];
    door = new FrontDoor();
    const cache = { find: () => undefined, compress: () => undefined };
    const answers = (request: IncomingMessage, response: ServerResponse) => {
      if (request.url !== '/miss') return false;
      misses.push(response);
      server.emit('miss');
      return true;
    };
    door.open({ cache, misses: { answers }, clock: { now: () => new Date(0) }, proxies: 0 });
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
  /** A miss that came before, and is answered after, `meanwhile`. */
  const missed = async (meanwhile: () => void) => {
    const answer = get('/miss');
    await once(server, 'miss');
    meanwhile();
    misses[0]?.end('miss');
    return answer;
  };

  it('lets the framework answer what is neither in memory nor a miss that it can have answered', async () => {
    expect((await get('/else')).statusCode).toBe(200);
    expect(misses).toHaveLength(0);
  });

  it('keeps the connection after a miss', async () => {
    expect((await missed(() => undefined)).headers.connection).toBe('keep-alive');
  });

  it('has the misses that it still answers while the server closes let go of their connections', async () => {
    const { headers } = await missed(() => {
      door.close();
    });
    expect(headers.connection).toBe('close');
    expect((await get('/miss')).statusCode).toBe(200);
    expect(misses).toHaveLength(1);
  });
});

describe('clientAddress', () => {
  const request = (forwarded?: string) =>
    ({
      socket: { remoteAddress: '10.0.0.9' },
      headers: { 'x-forwarded-for': forwarded },
    }) as unknown as IncomingMessage;

  it.each([
    ['nobody is trusted: whoever is connected', 0, '192.0.2.1', '10.0.0.9'],
    ['one proxy: whom it names', 1, '192.0.2.1', '192.0.2.1'],
    ['one proxy: not what its client claims', 1, '198.51.100.7, 192.0.2.1', '192.0.2.1'],
    ['two proxies: whom the outer one names', 2, '198.51.100.7, 192.0.2.1', '198.51.100.7'],
    ['more proxies than names: the farthest', 3, ' 198.51.100.7 ,, 192.0.2.1', '198.51.100.7'],
    ['a proxy that names nobody: the proxy', 1, undefined, '10.0.0.9'],
  ])('%s', (_name, proxies, forwarded, address) => {
    expect(clientAddress(request(forwarded), proxies)).toBe(address);
  });
});
