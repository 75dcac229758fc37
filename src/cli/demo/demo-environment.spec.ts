import { describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from '../../config/index.js';
import { demoEnvironment, demoSuppliers } from './demo-environment.js';

const SANDBOX = {
  url: 'http://127.0.0.1:4010/api/v1',
  octoUrl: 'http://127.0.0.1:4010/octo',
  experiences: [14, 15],
};

describe('the environment of the demo', () => {
  it('never touches a real database or a real supplier, whatever is set', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'demo-'));
    const given = {
      DATA_DIR: folder,
      SUPPLIERS_FILE: '/srv/real.json',
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://real',
      POSTGRES_PRISMA_URL: 'postgresql://real',
      SUPPLIER_URL: 'https://real.example',
      TICKETE_API_KEY: 'real',
      WEB_CONCURRENCY: '8',
    };
    const environment = demoEnvironment(given);
    await mkdir(path.join(folder, 'demo'));
    await writeFile(environment['SUPPLIERS_FILE'] ?? '', demoSuppliers(SANDBOX));
    const settings = readSettings({ ...given, ...environment });
    await rm(folder, { recursive: true });
    expect(settings.database.url).toBeUndefined();
    const reached = settings.suppliers.all.map(({ url, apiKey }) => [url, apiKey]);
    expect(reached).toEqual([
      [SANDBOX.url, 'sandbox'],
      [SANDBOX.octoUrl, 'sandbox'],
    ]);
    expect(settings.suppliers.all[0]?.experiences.map(({ id }) => id)).toEqual([14, 15]);
  });

  it('keeps its data apart from that of a real supplier, below DATA_DIR', () => {
    expect(demoEnvironment({})['DATA_DIR']).toBe('.data/demo');
    expect(demoEnvironment({ DATA_DIR: '/srv/data' })['DATA_DIR']).toBe('/srv/data/demo');
  });
});
