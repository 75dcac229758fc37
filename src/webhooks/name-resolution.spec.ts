import { afterEach, describe, expect, it } from '@jest/globals';
import { createSocket, type Socket } from 'node:dgram';
import { lookup, Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { resolveName } from './name-resolution.js';

/** Of RFC 1035. */
const NO_ERROR = 0;
const SERVER_FAILURE = 2;
const NAME_ERROR = 3;
const TYPE_A = 1;

describe('the name of a webhook', () => {
  const sockets: Socket[] = [];
  afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));

  /** @param answer what to say to a query; null: nothing, ever */
  async function nameserver(answer: ((query: Buffer) => Buffer) | null): Promise<() => Resolver> {
    const socket = createSocket('udp4');
    sockets.push(socket);
    if (answer) socket.on('message', (query, { port, address }) => socket.send(answer(query), port, address));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    return () => {
      const resolver = new Resolver({ timeout: 200, tries: 1 });
      resolver.setServers([`127.0.0.1:${port}`]);
      return resolver;
    };
  }

  /** The question, and what the server says of it. */
  function responding(code: number, addresses: readonly string[] = []): (query: Buffer) => Buffer {
    return (query) => {
      const end = query.indexOf(0, 12) + 5;
      const answers = query.readUInt16BE(end - 4) === TYPE_A ? addresses : [];
      const header = Buffer.from([0, 0, 0x81, 0x80 | code, 0, 1, 0, answers.length, 0, 0, 0, 0]);
      query.copy(header, 0, 0, 2);
      const records = answers.map((address) =>
        Buffer.from([0xc0, 12, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
      );
      return Buffer.concat([header, query.subarray(12, end), ...records]);
    };
  }

  /** Where no nameserver listens. */
  function nobody(): Resolver {
    const resolver = new Resolver({ timeout: 200, tries: 1 });
    resolver.setServers(['127.0.0.1:9']);
    return resolver;
  }

  it('is what the nameservers say, also where it has addresses of one family only', async () => {
    const resolve = resolveName(null, await nameserver(responding(NO_ERROR, ['203.0.113.7', '203.0.113.8'])));
    expect(await resolve('shop.example')).toEqual([
      { address: '203.0.113.7', family: 4 },
      { address: '203.0.113.8', family: 4 },
    ]);
  });

  it('is looked for elsewhere only if no nameserver knows it, and where that is allowed', async () => {
    const asked: string[] = [];
    const elsewhere = (hostname: string) => {
      asked.push(hostname);
      return Promise.resolve([{ address: '10.0.0.7', family: 4 }]);
    };
    for (const code of [NAME_ERROR, NO_ERROR]) {
      const makeResolver = await nameserver(responding(code));
      expect(await resolveName(elsewhere, makeResolver)('shop.internal')).toEqual([{ address: '10.0.0.7', family: 4 }]);
      await expect(resolveName(null, makeResolver)('shop.internal')).rejects.toThrow(
        'shop.internal is not known to the nameservers',
      );
    }
    const failing = await nameserver(responding(SERVER_FAILURE));
    await expect(resolveName(elsewhere, failing)('shop.example')).rejects.toThrow(
      'the nameservers could not resolve shop.example (ESERVFAIL)',
    );
    expect(asked).toEqual(['shop.internal', 'shop.internal']);
  });

  it.each([
    ['did not answer', 'ETIMEOUT', () => nameserver(null)],
    ['is no more', 'ECONNREFUSED', () => Promise.resolve(nobody)],
    ['did not know the name', 'is not known', () => nameserver(responding(NAME_ERROR))],
  ])('is asked of the nameservers that the system has now, after one %s', async (_, message, before) => {
    const made = [await before(), await nameserver(responding(NO_ERROR, ['203.0.113.7']))];
    const resolve = resolveName(null, () => (made.shift() as () => Resolver)());
    await expect(resolve('shop.example')).rejects.toThrow(message);
    expect(await resolve('shop.example')).toEqual([{ address: '203.0.113.7', family: 4 }]);
    expect(await resolve('shop.example')).toEqual([{ address: '203.0.113.7', family: 4 }]);
  });

  it('whose nameserver is dead holds up no other lookup of the process', async () => {
    const resolve = resolveName(null, await nameserver(null));
    const settled: string[] = [];
    const dead = Array.from({ length: 100 }, (_, at) =>
      resolve(`shop-${at}.example`).then(
        () => settled.push('found'),
        (error: unknown) => settled.push(String(error)),
      ),
    );
    await lookup('localhost');
    expect(settled).toEqual([]);
    await Promise.all(dead);
    expect(settled).toHaveLength(100);
    expect(settled).toContain('Error: the nameservers could not resolve shop-0.example (ETIMEOUT)');
  });
});
