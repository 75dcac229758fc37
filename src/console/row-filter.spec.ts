import { describe, expect, it } from '@jest/globals';
import { FLAGS } from './page/day-flags.js';
import type { GridExperience } from './page/day-grid.js';
import { isShown, type RowFilter } from './page/row-filter.js';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const MAX_AGES = [60, 3_600];
const usual = { supplier: 'leap', name: 'Night safari', timeZone: 'UTC', from: '2026-03-02', paused: false };
const row = (id: number, part: Partial<GridExperience> = {}): GridExperience => ({
  ...{ id, ...usual, maxAges: MAX_AGES, confirmed: [NOW - 30_000, NOW - 30_000], flags: [0, 0], leases: new Map() },
  ...part,
});
const ROWS = [
  row(1),
  row(2, { flags: [0, FLAGS.failing | FLAGS.closed], supplier: 'zaui' }),
  row(3, { confirmed: [NOW - 61_000, NOW] }),
  row(4, { confirmed: [NOW, null] }),
  row(12, { paused: true, name: null }),
];
const shown = (filter: Partial<RowFilter>, now = NOW) =>
  ROWS.filter((one) => isShown(one, { filter: '', supplier: '', show: 'all', ...filter }, now)).map(({ id }) => id);

describe('the rows of the map', () => {
  it.each<[Partial<RowFilter>, number[]]>([
    [{}, [1, 2, 3, 4, 12]],
    [{ show: 'failing' }, [2]],
    [{ show: 'stale' }, [3]],
    [{ show: 'never' }, [4]],
    [{ show: 'paused' }, [12]],
    [{ supplier: 'zaui' }, [2]],
    [{ supplier: 'zaui', show: 'stale' }, []],
    [{ filter: '1' }, [1, 12]],
    [{ filter: ' SAFARI ' }, [1, 2, 3, 4]],
  ])('%j are %j', (filter, ids) => {
    expect(shown(filter)).toEqual(ids);
  });

  it('become too old by themselves', () => {
    expect(shown({ show: 'stale' }, NOW + 31_000)).toEqual([1, 2, 3, 4, 12].filter((id) => id !== 4));
  });
});
