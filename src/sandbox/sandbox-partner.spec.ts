import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { SandboxPartner } from './sandbox-partner.js';

const PATH = '/inventory/14?date=2025-04-03';

/** Asks, and goes on once the request has arrived. */
async function arrived(partner: SandboxPartner, url: string): Promise<{ answer: Promise<Response | string> }> {
  const answer = fetch(url + PATH, { headers: { 'x-api-key': 'any' } }).catch(() => 'broken off');
  while (partner.requests().length === 0) await nextTurn();
  return { answer };
}

describe('the sandbox partner', () => {
  it('names the root of its API', async () => {
    const partner = new SandboxPartner();
    expect(await partner.start()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/);
    await partner.stop();
  });

  it('stops at once, whoever waits', async () => {
    for (const fault of [{ kind: 'hang' }, { kind: 'latency', latencyMs: 3_600_000 }] as const) {
      const partner = new SandboxPartner();
      partner.addFault(fault);
      const { answer } = await arrived(partner, await partner.start());
      await partner.stop();
      expect(await answer).toBe('broken off');
    }
  }, 5000);

  it('can be started again on its port, and stopped twice', async () => {
    const partner = new SandboxPartner();
    const url = await partner.start();
    await expect(partner.start()).rejects.toThrow('already running');
    await partner.stop();
    await partner.stop();
    expect(await partner.start({ port: Number(new URL(url).port) })).toBe(url);
    await partner.stop();
  });

  it('says when its port is taken', async () => {
    const [one, other] = [new SandboxPartner(), new SandboxPartner()];
    const port = Number(new URL(await one.start()).port);
    await expect(other.start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await one.stop();
  });
});
