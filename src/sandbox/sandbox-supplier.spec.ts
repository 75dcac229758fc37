import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { SandboxSupplier } from './sandbox-supplier.js';

const PATH = '/inventory/14?date=2025-04-03';

/** Asks, and goes on once the request has arrived. */
async function arrived(sandbox: SandboxSupplier, url: string): Promise<{ answer: Promise<Response | string> }> {
  const answer = fetch(url + PATH, { headers: { 'x-api-key': 'any' } }).catch(() => 'broken off');
  while (sandbox.requests().length === 0) await nextTurn();
  return { answer };
}

describe('the sandbox supplier', () => {
  it('names the root of its API', async () => {
    const sandbox = new SandboxSupplier();
    expect(await sandbox.start()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/);
    await sandbox.stop();
  });

  it('stops at once, whoever waits', async () => {
    for (const fault of [{ kind: 'hang' }, { kind: 'latency', latencyMs: 3_600_000 }] as const) {
      const sandbox = new SandboxSupplier();
      sandbox.addFault(fault);
      const { answer } = await arrived(sandbox, await sandbox.start());
      await sandbox.stop();
      expect(await answer).toBe('broken off');
    }
  }, 5000);

  it('can be started again on its port, and stopped twice', async () => {
    const sandbox = new SandboxSupplier();
    const url = await sandbox.start();
    await expect(sandbox.start()).rejects.toThrow('already running');
    await sandbox.stop();
    await sandbox.stop();
    expect(await sandbox.start({ port: Number(new URL(url).port) })).toBe(url);
    await sandbox.stop();
  });

  it('says when its port is taken', async () => {
    const [one, other] = [new SandboxSupplier(), new SandboxSupplier()];
    const port = Number(new URL(await one.start()).port);
    await expect(other.start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await one.stop();
  });
});
