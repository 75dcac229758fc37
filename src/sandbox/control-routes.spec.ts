import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxSupplier } from './sandbox-supplier.js';

const NOW = Date.parse('2025-03-28T03:00:00Z');
const DATE = '2025-04-03';

let sandbox: SandboxSupplier;
let root: string;

beforeEach(async () => {
  sandbox = new SandboxSupplier({ now: () => NOW, requestsPerMinute: 1 });
  root = new URL('/', await sandbox.start()).href;
});
afterEach(() => sandbox.stop());

async function control(method: string, path: string, body?: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${root}sandbox/${path}`, { method, ...(body === undefined ? {} : { body }) });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

const inventory = (): Promise<Response> =>
  fetch(`${root}api/v1/inventory/14?date=${DATE}`, { headers: { 'x-api-key': 'any' } });

describe('the control routes', () => {
  it('list the products', async () => {
    const { body } = await control('GET', 'experiences');
    expect(body).toHaveLength(5);
    expect(body).toContainEqual({ id: 15, name: 'Sunday Island Cruise' });
  });

  it('show the truth without faults and limit', async () => {
    sandbox.addFault({ kind: 'empty' });
    await inventory();
    for (let again = 0; again < 3; again += 1) {
      expect(await control('GET', `truth/14?date=${DATE}`)).toEqual({ status: 200, body: sandbox.truth(14, DATE) });
    }
    expect(sandbox.requests()).toHaveLength(1);
  });

  it('show the truth of OCTO', async () => {
    const slots = await control('GET', `octo/octo-14/shared/${DATE}`);
    expect(slots).toEqual({ status: 200, body: sandbox.octoTruth('octo-14', 'shared', DATE) });
    expect(slots.body).not.toEqual([]);
    expect((await control('GET', `octo/octo-14/other/${DATE}`)).status).toBe(404);
    expect((await control('GET', 'octo/octo-14/shared/2025-02-30')).status).toBe(400);
  });

  it.each(['[]', '{"any": [1, "JSON"]}', 'null', '3', '"text"'])('set a day by hand to %s', async (json) => {
    expect(await control('PUT', `truth/14/${DATE}`, json)).toEqual({ status: 204, body: undefined });
    expect(await (await inventory()).json()).toEqual(JSON.parse(json));
  });

  it('give a day back to its own course', async () => {
    const before = sandbox.truth(14, DATE);
    await control('PUT', `truth/14/${DATE}`, '[]');
    expect(sandbox.truth(14, DATE)).toEqual([]);
    expect((await control('DELETE', `truth/14/${DATE}`)).status).toBe(204);
    expect(sandbox.truth(14, DATE)).toEqual(before);
  });

  it('refuse what makes no sense, and say why', async () => {
    expect(await control('PUT', `truth/14/${DATE}`, '[')).toMatchObject({
      status: 400,
      body: { message: 'The body is not JSON' },
    });
    expect((await control('PUT', `truth/14/${DATE}`)).status).toBe(400);
    expect((await control('PUT', 'truth/14/2025-02-30', '[]')).status).toBe(400);
    expect((await control('GET', 'truth/14')).status).toBe(400);
    expect((await control('GET', `truth/99?date=${DATE}`)).status).toBe(404);
    expect((await control('POST', 'faults', '{"kind": "bang"}')).status).toBe(400);
    expect(() => {
      sandbox.setTruth(99, DATE, []);
    }).toThrow('no product 99');
  });

  it('switch faults on, list them and switch them off', async () => {
    expect(await control('POST', 'faults', '{"kind": "status", "status": 503}')).toMatchObject({ status: 201 });
    expect((await inventory()).status).toBe(503);
    expect((await control('GET', 'faults')).body).toEqual([{ kind: 'status', status: 503, hits: 1 }]);
    expect((await control('DELETE', 'faults')).status).toBe(204);
    expect((await control('GET', 'faults')).body).toEqual([]);
  });

  it('show the requests that came, and forget them', async () => {
    await inventory();
    await inventory();
    const statuses = (await control('GET', 'requests')).body as { status: number }[];
    expect(statuses.map(({ status }) => status)).toEqual([200, 429]);
    expect((await control('DELETE', 'requests')).status).toBe(204);
    expect((await control('GET', 'requests')).body).toEqual([]);
  });
});
