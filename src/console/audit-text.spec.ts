import { expect, it } from '@jest/globals';
import { auditText } from './page/audit-text.js';
import { moment } from './page/format.js';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const UNTIL = '2026-03-02T14:00:00.000Z';

it.each([
  ['sync.resume', null, null, 'alice resumed the sync'],
  ['sync.pause', null, { reason: 'lunch', until: UNTIL }, `alice paused the sync until ${moment(UNTIL, NOW)}: “lunch”`],
  ['supplier.pause', null, { supplier: 'zaui', reason: null, until: null }, 'alice paused zaui'],
  ['day.refresh', 14, { date: '2026-03-04' }, 'alice fetched Wed 4 Mar of experience 14'],
  [
    'experience.change',
    14,
    { name: 'Day safari', timeZone: null },
    'alice changed experience 14: name to “Day safari”, time zone to none',
  ],
  [
    'sync.run',
    null,
    { days: 30, experiences: [15], fresh: true },
    'alice started a backfill of experience 15, 30 days, fresh days too',
  ],
  ['webhook.add', null, { webhook: 'x', url: 'https://shop.example' }, 'alice added webhook https://shop.example'],
  ['new.deed', 14, null, 'alice new.deed 14'],
])('%s is said in a sentence', (action, experienceId, detail, text) => {
  expect(auditText({ actor: 'alice', action, experienceId, detail }, NOW)).toBe(text);
});
