import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { LogCapture } from '../setup/log-capture.js';
import { OddSupplier } from '../setup/odd-supplier.js';
import { goodDay, standInSlot, type StandInAnswer } from '../setup/supplier-stand-in.js';
import { ADMIN_KEY } from '../setup/test-app.js';

/** Holds characters that URLs, JSON and HTML write otherwise. */
const KEY = 'sk_live_4f9a&Zq8/w"7Lm2+xT6=p';
const ID = 14;
const DATE = '2026-03-04';

const text = (before: string, key: string, after = '') => `${before}${key}${after}`;
const WHERE: readonly (readonly [where: string, answer: (key: string) => StandInAnswer])[] = [
  ['in a message', (key) => ({ status: 400, body: { message: text('The key ', key, ' has expired') } })],
  [
    'in a page, cut at 80',
    (key) => ({ headers: { 'content-type': 'text/html' }, body: `<html><body>${'x'.repeat(62)}${key}` }),
  ],
  ['in text that is no JSON', (key) => ({ body: text('x'.repeat(62), key, ' is unknown') })],
  [
    'in a figure',
    (key) => ({ body: [standInSlot(DATE, '10:00', { remaining: text('v'.repeat(60), key) }), ...goodDay(DATE)] }),
  ],
  ['in a name', (key) => ({ body: [standInSlot(DATE, '10:00', { pax: { name: key, description: `for ${key}` } })] })],
  ['in an id', (key) => ({ body: [standInSlot(DATE, '10:00', { providerSlotId: key })] })],
  [
    'in a redirect',
    (key) => ({ status: 302, headers: { location: `https://elsewhere.example/?key=${encodeURIComponent(key)}` } }),
  ],
  [
    'in the path of a redirect',
    (key) => ({ status: 302, headers: { location: `https://elsewhere.example/${encodeURIComponent(key)}` } }),
  ],
  ['in a refusal', (key) => ({ status: 429, headers: { 'retry-after': '1' }, body: { message: `slow down, ${key}` } })],
  ['in a failure', (key) => ({ status: 500, body: { error: { message: `trace for ${key.slice(0, 20)}` } } })],
  ['in Basic credentials', (key) => ({ status: 401, body: `Basic ${Buffer.from(`user:${key}`).toString('base64')}` })],
  ['percent-encoded', (key) => ({ status: 403, body: `?api_key=${encodeURIComponent(key)}` })],
  [
    'in the content type',
    (key) => ({ headers: { 'content-type': `text/plain; charset=${encodeURIComponent(key)}` }, body: 'x' }),
  ],
];

describe('Our key', () => {
  let odd: OddSupplier;
  beforeAll(async () => {
    odd = await OddSupplier.start({
      experiences: [ID],
      env: { TICKETE_API_KEY: KEY, SYNC_TIERS: '5:1h' },
      logger: new LogCapture(),
    });
    await odd.run(12, 1_100);
  });
  afterAll(() => odd.close());

  /** Every place where an operator or a client reads what became of a request. */
  const everything = async (): Promise<string> => {
    const get = async (path: string) => {
      const response = await request(odd.app.url).get(path).set('authorization', `Bearer ${ADMIN_KEY}`);
      return `${JSON.stringify(response.headers)}${response.text}`;
    };
    const paths = [
      ...[
        '/api/v1/sync/status',
        '/api/v1/sync/runs',
        '/metrics',
        `/api/v1/sync/days/${ID}/${DATE}`,
        '/api/v1/sync/days',
      ],
      ...[`/api/v1/experience/${ID}/slots?date=${DATE}`, `/api/v1/experience/${ID}/dates`, '/api/v1/admin/audit'],
    ];
    return [...(await Promise.all(paths.map(get))), odd.log.text].join('\n');
  };
  const pieces = Array.from({ length: KEY.length - 7 }, (_, i) => KEY.slice(i, i + 8));

  it.each(WHERE)('is told nowhere when the supplier repeats it %s', async (_, answer) => {
    const before = odd.supplier.requests().length;
    odd.answers(({ headers, date }) => (date === DATE ? answer(String(headers['x-api-key'])) : undefined));
    for (let i = 0; i < 3; i++) await odd.fetch(ID, DATE);
    const asked = odd.supplier
      .requests()
      .slice(before)
      .filter(({ date }) => date === DATE);
    expect(asked.at(-1)?.headers['x-api-key']).toBe(KEY);
    const said = await everything();
    const plain = JSON.stringify(said) + said;
    expect(pieces.filter((piece) => plain.includes(piece))).toEqual([]);
    expect(plain).not.toContain(Buffer.from(KEY).toString('base64').slice(0, 12));
    expect(plain).not.toContain(encodeURIComponent(KEY).slice(8, 24));
  });
});
