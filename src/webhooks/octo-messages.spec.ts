import { describe, expect, it } from '@jest/globals';
import type { Change } from '../changes/change.shape.js';
import { octoMessages } from './octo-messages.js';

const change = (experienceId: number, date: string, id: string): Change => ({
  ...{ id, experienceId, date, version: 1, kind: 'other', at: '2026-03-01T00:00:00.000Z', before: null, after: null },
});
const ID = '0d6f4dd0-54a3-4f0c-9f3c-0f6c1e0f7a51';
const bodies = (...changes: Change[]) => octoMessages(ID, changes).map(({ body }) => JSON.parse(body) as object);

describe('what a reseller is sent by OCTO', () => {
  it('is one message for consecutive dates of a product, in order, however they changed', () => {
    const changes = [
      ...[change(15, '2026-03-04', 'a'), change(14, '2026-03-01', 'b'), change(14, '2026-02-28', 'c')],
      ...[change(14, '2026-03-03', 'd'), change(14, '2026-03-01', 'e')],
    ];
    const said = (productId: string, localDateStart: string, localDateEnd: string) => ({
      ...{ notificationType: 'AVAILABILITY_UPDATE', productId, localDateStart, localDateEnd },
    });
    expect(bodies(...changes)).toEqual([
      said('14', '2026-02-28', '2026-03-01'),
      said('14', '2026-03-03', '2026-03-03'),
      said('15', '2026-03-04', '2026-03-04'),
    ]);
    expect(octoMessages(ID, changes).map((message) => message.changes)).toEqual([3, 1, 1]);
  });

  it('has the same id when it is sent again, and another one for a later change', () => {
    const idOf = (id: string) => octoMessages(ID, [change(14, '2026-03-01', id)])[0]?.id;
    expect(idOf('a')).toBe(idOf('a'));
    expect(idOf('b')).not.toBe(idOf('a'));
    const both = [change(14, '2026-03-01', 'a'), change(14, '2026-03-02', 'b')];
    expect(octoMessages(ID, [...both, change(14, '2026-03-01', 'c')])[0]?.id).not.toBe(octoMessages(ID, both)[0]?.id);
  });
});
