import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerSettings } from '../../config/index.js';
import { ClientRateLimit, type AdminKeys } from '../../http/index.js';
import type { Clock } from '../../time/index.js';
import type { SyncControl } from '../pause/sync-control.js';
import { SyncController } from './sync.controller.js';
import type { SyncRuns } from './sync-runs.js';
import type { SyncStatusReader } from './sync-status.js';

describe('the status', () => {
  const settings = { missesPerMinute: 100, readKeys: [], trustedProxies: 0 } as unknown as ServerSettings;
  const reply = { header: () => reply } as unknown as FastifyReply;
  const requestWith = (headers: object) =>
    ({ headers, raw: { headers, socket: { remoteAddress: '192.0.2.1' } } }) as unknown as FastifyRequest;

  function controllerWith(read: () => Promise<unknown>): SyncController {
    return new SyncController(
      {} as SyncControl,
      { read } as SyncStatusReader,
      {} as SyncRuns,
      {} as Clock,
      { nameOf: (key: string) => (key === 'alice-key' ? 'alice' : undefined) } as AdminKeys,
      new ClientRateLimit(settings),
      settings,
    );
  }

  it('is read once for all who ask meanwhile, but for admins, who see what they have just done', async () => {
    let reads = 0;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const controller = controllerWith(async () => {
      const read = (reads += 1);
      await ended;
      return read;
    });
    const others = Array.from({ length: 20 }, () => controller.read(requestWith({}), reply));
    await new Promise(setImmediate);
    const admin = controller.read(requestWith({ authorization: 'Bearer alice-key' }), reply);
    end();
    expect(new Set(await Promise.all(others))).toEqual(new Set([1]));
    expect(await admin).toBe(2);
    expect(await controller.read(requestWith({}), reply)).toBe(3);
  });
});
