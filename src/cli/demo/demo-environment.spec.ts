import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../config/index.js';
import { demoEnvironment } from './demo-environment.js';

const SANDBOX = { url: 'http://127.0.0.1:4010/api/v1', experiences: [14, 15] };

describe('the environment of the demo', () => {
  it('never touches a real database or a real supplier, whatever is set', () => {
    const given = {
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://real',
      POSTGRES_PRISMA_URL: 'postgresql://real',
      SUPPLIER_URL: 'https://real.example',
      TICKETE_API_KEY: 'real',
      WEB_CONCURRENCY: '8',
    };
    const settings = readSettings({ ...given, ...demoEnvironment(given, SANDBOX) });
    expect(settings.database.url).toBeUndefined();
    expect(settings.suppliers.all[0]).toMatchObject({ url: SANDBOX.url, apiKey: 'sandbox' });
    expect(settings.suppliers.all[0]?.experiences.map(({ id }) => id)).toEqual([14, 15]);
  });

  it('keeps its data apart from that of a real supplier, below DATA_DIR', () => {
    expect(demoEnvironment({}, SANDBOX)['DATA_DIR']).toBe('.data/demo');
    expect(demoEnvironment({ DATA_DIR: '/srv/data' }, SANDBOX)['DATA_DIR']).toBe('/srv/data/demo');
  });
});
