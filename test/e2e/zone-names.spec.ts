import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { MirrorSettings, SuppliersSettings } from '../../src/config/index.js';
import type { AddedExperience } from '../../src/experience/index.js';
import { CatalogueCounts } from '../../src/experience/catalogue-counts.js';
import { Catalogue } from '../../src/experience/catalogue.js';
import { DatabaseZones } from '../../src/experience/database-zones.js';
import { ExperienceModule } from '../../src/experience/experience.module.js';
import { Suppliers, type Supplier } from '../../src/supplier/index.js';
import { ProductImport } from '../../src/sync/suppliers/product-import.js';
import type { ProductLists } from '../../src/sync/suppliers/product-lists.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';

/** Node knows it; PostgreSQL's own list lost it in 2020. */
const FORGOTTEN = 'US/Pacific-New';

describe('the name of a time zone', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({
      env: {
        ...{ EXPERIENCES: '14,15,16', DEFAULT_TIME_ZONE: 'Asia/Kolkata', SYNC_TIERS: '1:15m' },
        // A name that no request could store is written to the database, which tells no cache.
        RESPONSE_CACHE_MB: '0',
      },
    });
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  const put = (id: number, timeZone: string) =>
    request(app.url).put(`/api/v1/experience/${id}`).set('authorization', `Bearer ${ADMIN_KEY}`).send({ timeZone });
  const dates = (id: number) => request(app.url).get(`/api/v1/experience/${id}/dates`);

  it('stays as it was given', async () => {
    for (const zone of ['Asia/Kolkata', 'Asia/Calcutta', 'Europe/Kyiv', 'Asia/Kathmandu']) {
      const response = await put(15, zone);
      expect([response.status, (response.body as { timeZone: string }).timeZone]).toEqual([200, zone]);
      expect((await dates(15)).status).toBe(200);
    }
    expect(((await request(app.url).get('/api/v1/experience/14')).body as { timeZone: string }).timeZone).toBe(
      'Asia/Kolkata',
    );
  });

  it('is refused when the database does not know it, with the name that it does know', async () => {
    const response = await put(15, FORGOTTEN);
    expect([response.status, (response.body as { detail: string }).detail]).toEqual([
      400,
      'The database does not know the time zone US/Pacific-New; write America/Los_Angeles, which is the same zone.',
    ]);
  });

  it('fails the reads of its own experience only, however many are asked at once', async () => {
    await app.prisma.experience.update({ where: { id: 15 }, data: { timeZone: FORGOTTEN } });
    const statuses = await Promise.all([14, 15, 16, 14, 15, 16].map(async (id) => (await dates(id)).status));
    expect(statuses).toEqual([200, 500, 200, 200, 500, 200]);
  });

  it('of a product that is imported becomes the one that the database knows', async () => {
    const listed = [{ product: 'p', option: null, name: null, timeZone: FORGOTTEN }];
    const lists = { read: () => Promise.resolve(listed) } as unknown as ProductLists;
    const products = new ProductImport(app.app.get(Catalogue), lists, app.app.get(DatabaseZones));
    const [supplier] = app.app.get(Suppliers).all as [Supplier];
    const { experiences } = await products.run({ name: 'test', requestId: null }, supplier, null);
    const [{ experienceId }] = experiences as [AddedExperience];
    expect(await app.app.get(Catalogue).find(experienceId)).toMatchObject({
      product: 'p',
      timeZone: 'America/Los_Angeles',
    });
  });

  it('stops the start when it is that of all experiences', async () => {
    const settings = Object.assign(Object.create(MirrorSettings.prototype) as MirrorSettings, {
      defaultTimeZone: FORGOTTEN,
    });
    const module = new ExperienceModule(
      app.app.get(Catalogue),
      app.app.get(CatalogueCounts),
      app.app.get(DatabaseZones),
      settings,
      new SuppliersSettings([], null),
    );
    await expect(module.onModuleInit()).rejects.toThrow(
      'DEFAULT_TIME_ZONE: The database does not know the time zone US/Pacific-New; write America/Los_Angeles',
    );
  });
});
