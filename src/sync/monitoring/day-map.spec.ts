import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../../test/setup/test-clock.js';
import { readSettings } from '../../config/index.js';
import type { Catalogue, ExperienceEntry } from '../../experience/index.js';
import type { DayFigures } from './day-figures.js';
import type { DayMapRow } from './sql/map-days.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { SupplierTiers } from '../window/supplier-tiers.js';
import { DayMaps } from './day-map.js';

const APIA = 1;
const PAGO_PAGO = 2;
const ENTRIES = [
  { id: APIA, supplier: 'leap', name: null, timeZone: 'Pacific/Apia', pausedAt: null },
  { id: PAGO_PAGO, supplier: 'leap', name: null, timeZone: 'Pacific/Pago_Pago', pausedAt: null },
] as Partial<ExperienceEntry>[] as ExperienceEntry[];

/** @param during happens while the days are read. @param lasts seconds from the confirmation of the first day until it is stale */
function mapsAt(clock: TestClock, during: () => void = () => undefined, lasts = 900) {
  const { mirror, suppliers } = readSettings({ TICKETE_API_KEY: 'key', SYNC_TIERS: '2:15m' });
  const asked: Parameters<DayFigures['map']>[0][] = [];
  const catalogue = { list: () => Promise.resolve(ENTRIES) } as Pick<Catalogue, 'list'> as Catalogue;
  const days = {
    map: (windows) => {
      asked.push(windows);
      during();
      const confirmed = [clock.now().getTime() / 1_000 - 10];
      const rows: DayMapRow[] = windows.map(({ experienceId }) => ({
        experienceId,
        offsets: [0],
        confirmed,
        flags: [1],
        firstStaleAfter: clock.now().getTime() / 1_000 + lasts - 10,
      }));
      return Promise.resolve(rows);
    },
  } as Pick<DayFigures, 'map'> as DayFigures;
  return {
    asked,
    maps: new DayMaps(
      catalogue,
      days,
      new MirrorWindow(mirror, clock),
      mirror,
      new SupplierTiers(suppliers, mirror),
      clock,
    ),
  };
}

describe('the map of days', () => {
  it('begins each window with the date that it is there', async () => {
    const { experiences } = await mapsAt(new TestClock('2026-03-27T10:30:00Z')).maps.read(0, 10);
    expect(experiences.map(({ id, from }) => [id, from])).toEqual([
      [APIA, '2026-03-27'],
      [PAGO_PAGO, '2026-03-26'],
    ]);
  });

  it('says that a first day may be older than its tier allows, once its last slot has started', async () => {
    const noon = new TestClock('2026-03-27T10:30:00Z');
    const maxAges = async (lasts: number) => {
      const { promises, experiences } = await mapsAt(noon, undefined, lasts).maps.read(0, 10);
      return [promises[0], ...experiences.map(({ firstMaxAge }) => firstMaxAge)];
    };
    expect(await maxAges(900)).toEqual([900, 900, 900]);
    expect(await maxAges(3_600)).toEqual([900, 3_600, 3_600]);
    // Confirmed before its date began in Apia, where it is 00:00:05.
    const { experiences } = await mapsAt(new TestClock('2026-03-27T11:00:05Z'), undefined, 3_600).maps.read(0, 10);
    expect(experiences[0]?.firstMaxAge).toBe(900);
  });

  it('says which date its days were read from, though it is midnight meanwhile', async () => {
    // Midnight in Apia and in Pago Pago is at 11:00 UTC.
    const clock = new TestClock('2026-03-27T10:59:59Z');
    const { asked, maps } = mapsAt(clock, () => clock.advance(2_000));
    const { experiences } = await maps.read(0, 10);
    expect(asked).toEqual([experiences.map(({ id, from }) => ({ experienceId: id, first: from }))]);
    expect(experiences.map(({ from }) => from)).toEqual(['2026-03-27', '2026-03-26']);
  });
});
