import { expect, it } from '@jest/globals';
import { greeting } from './greeting.js';

const PLACES = {
  ...{ server: 'http://localhost:4000', sandbox: 'http://127.0.0.1:4010/api/v1', experiences: 5, imported: 6 },
  ...{ dataDir: '.data/demo', hasOwnKey: false },
};
const BOOKABLE = { id: 14, date: '2026-03-03' };

it('says each time where the console and the docs are, where the key is, and how to switch a fault on, see it, and end it', () => {
  const text = greeting(PLACES, BOOKABLE);
  expect(text).toContain('http://localhost:4000/console\n');
  expect(text).toContain('http://localhost:4000/docs\n');
  expect(text).toContain('cat .data/demo/admin-api-key\n');
  expect(text).toContain(`curl -s http://127.0.0.1:4010/sandbox/faults -d '{"kind": "status"`);
  expect(text).toContain('curl -s -X DELETE http://127.0.0.1:4010/sandbox/faults\n');
  expect(text).toContain(
    `curl -s -X POST http://localhost:4000/api/v1/experience/14/refresh -H "Authorization: Bearer $(cat .data/demo/admin-api-key)"\n`,
  );
  const own = greeting({ ...PLACES, hasOwnKey: true }, BOOKABLE);
  expect(own).toContain('your ADMIN_API_KEY\n');
  expect(own).toContain('"Authorization: Bearer $ADMIN_API_KEY"\n');
});
