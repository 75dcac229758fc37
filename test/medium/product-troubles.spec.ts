import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { StandInAnswer, StandInRequest } from '../setup/supplier-stand-in.js';
import { OddSupplier } from '../setup/odd-supplier.js';

const FIVE = [14, 15, 16, 17, 18];
const ENV = { SYNC_TIERS: '4:10m', SUPPLIER_REQUESTS_PER_MINUTE: '60' };
/** A request a second confirms the four days of each of the five products within it. */
const FILL_SECONDS = 25;
const bad = (id: number): boolean => id < 16;

interface Shape {
  readonly what: string;
  readonly answer: StandInAnswer;
  readonly cause: string;
  readonly words: RegExp;
}

/** Of each of the two products another one. */
const SHAPES: readonly { readonly first: Shape; readonly second: Shape }[] = [
  {
    first: { what: 'an object', answer: { body: { data: [] } }, cause: 'bad_answer', words: /list of slots/ },
    second: {
      what: 'a web page',
      answer: {
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>Just a moment...</title>',
      },
      cause: 'not_the_api',
      words: /Just a moment/,
    },
  },
  {
    first: {
      what: 'a validation error',
      answer: { status: 422, body: { errors: [{ field: 'date', message: 'date must be within 30 days' }] } },
      cause: 'rejected',
      words: /within 30 days/,
    },
    second: {
      what: 'a suspension',
      answer: { status: 403, body: { message: 'vendor suspended' } },
      cause: 'unauthorized',
      words: /vendor suspended/,
    },
  },
  {
    first: {
      what: 'a redirect',
      answer: { status: 308, headers: { location: 'https://www.operator.example/api/v1/inventory/14' } },
      cause: 'moved',
      words: /www\.operator\.example/,
    },
    second: {
      what: 'a server error',
      answer: { status: 500, body: { message: 'no such column' } },
      cause: 'supplier_error',
      words: /no such column/,
    },
  },
];

describe('Two products of five that answer oddly', () => {
  let odd: OddSupplier;
  /** How many requests a minute the three others get while all five are well. */
  let alone: number;
  beforeAll(async () => {
    odd = await OddSupplier.start({ experiences: FIVE, env: ENV });
    await odd.run(FILL_SECONDS);
    const from = odd.clock.now().getTime();
    await odd.run(60);
    alone = sent(from, (id) => !bad(id));
    await odd.close();
  });
  afterEach(() => odd.close());

  const sent = (from: number, whose: (id: number) => boolean) =>
    odd.supplier.requests().filter(({ at, experienceId }) => at >= from && whose(experienceId)).length;

  it.each(SHAPES)('$first.what and $second.what concern themselves alone, and are well soon after', async (shapes) => {
    odd = await OddSupplier.start({ experiences: FIVE, env: ENV });
    await odd.run(FILL_SECONDS);
    const shapeOf = (id: number) => (id === 14 ? shapes.first : shapes.second);
    odd.answers(({ experienceId }) => (bad(experienceId) ? shapeOf(experienceId).answer : undefined));
    await odd.run(40);
    const during = odd.clock.now().getTime();
    await odd.run(60);
    // The healthy go on at their pace, and get what the others leave.
    expect(sent(during, (id) => !bad(id))).toBeGreaterThanOrEqual(0.95 * alone);
    expect(sent(during, bad)).toBeGreaterThan(0);
    expect(sent(during, bad)).toBeLessThanOrEqual(8);
    const status = await odd.status();
    expect(status).toMatchObject({ state: 'running', cause: null, budget: { circuit: { state: 'closed' } } });
    expect(status.errors.map(({ experienceId }) => experienceId).toSorted()).toEqual([14, 15]);
    for (const error of status.errors) {
      const { cause, words } = shapeOf(error.experienceId);
      expect(error).toMatchObject({ cause, error: expect.stringMatching(words) });
      expect(error.advice).toMatch(/^[A-Z].*[.]$/);
      expect(Date.parse(error.since)).toBeLessThan(during);
    }
    const warned = odd.log.lines.filter(({ level }) => level === 'warn');
    expect(warned.length).toBeLessThanOrEqual(6);

    odd.answers(() => undefined);
    await odd.run(60);
    expect(await odd.status()).toMatchObject({ state: 'running', errors: [], queue: { failing: 0 } });
  });

  it('with errors that come and go are no outage, and the others keep their pace', async () => {
    odd = await OddSupplier.start({ experiences: FIVE, env: ENV });
    await odd.run(FILL_SECONDS);
    odd.answers(({ at, experienceId }) =>
      bad(experienceId) && Math.floor(at / 3_000) % 2 === 0 ? { status: 500 } : undefined,
    );
    const during = odd.clock.now().getTime();
    await odd.run(60);
    expect(sent(during, (id) => !bad(id))).toBeGreaterThanOrEqual(0.95 * alone);
    const { state, budget } = await odd.status();
    expect({ state, circuit: budget.circuit.state }).toEqual({ state: 'running', circuit: 'closed' });
    expect(odd.log.lines.filter(({ text }) => text.includes('in a row failed'))).toEqual([]);
  });

  it('with a "not found" that comes and goes close no date, and the others keep their pace', async () => {
    odd = await OddSupplier.start({ experiences: FIVE, env: ENV });
    await odd.run(FILL_SECONDS);
    odd.answers(({ at, experienceId }) =>
      bad(experienceId) && Math.floor(at / 10_000) % 2 === 0
        ? { status: 404, body: { message: 'Not found' } }
        : undefined,
    );
    const during = odd.clock.now().getTime();
    await odd.run(120);
    const kept = sent(during, (id) => !bad(id));
    odd.answers(() => undefined);
    const after = odd.clock.now().getTime();
    await odd.run(60);
    for (const id of [14, 15]) {
      const { dates, degraded } = await odd.dates(id);
      // All but today, whose last start is over.
      expect({ id, dates: dates.length, degraded }).toEqual({ id, dates: 3, degraded: null });
    }
    expect(await odd.status()).toMatchObject({ state: 'running', errors: [] });
    expect(kept).toBeGreaterThanOrEqual(0.95 * 2 * alone);
    // The two that are well again get what they missed: for a minute they have more than their share.
    expect(sent(after, (id) => !bad(id))).toBeGreaterThanOrEqual(0.85 * alone);
  });

  it('of which slots of a date can’t be read are asked for it again within the minute, and take a twentieth', async () => {
    // A round of all days takes two and a half minutes.
    odd = await OddSupplier.start({ experiences: FIVE, env: { ...ENV, SYNC_TIERS: '30:4h' } });
    await odd.run(155);
    const date = '2026-03-20';
    const isOdd = (of: { readonly experienceId: number; readonly date: string }) =>
      bad(of.experienceId) && of.date === date;
    odd.answers((of) => (isOdd(of) ? { body: unreadable(date) } : undefined));
    for (const id of [14, 15]) await odd.fetch(id, date);
    const during = odd.clock.now().getTime();
    await odd.run(100);
    const again = odd.supplier.requests().filter((of) => of.at >= during && isOdd(of));
    expect(again.length).toBeGreaterThanOrEqual(3);
    // One request in twenty for all of them.
    expect(again.length).toBeLessThanOrEqual(7);
    expect((await odd.slots(14, date)).body).toMatchObject({ slots: [], degraded: { code: 'slot_dropped' } });
    expect(await odd.status()).toMatchObject({ state: 'running', errors: [], oddities: [{}, {}] });
    odd.answers(() => undefined);
    await odd.run(60);
    for (const id of [14, 15]) {
      const { dates, degraded } = await odd.dates(id);
      expect({ id, dates: dates.length, degraded }).toEqual({ id, dates: 29, degraded: null });
    }
    expect(await odd.status()).toMatchObject({ state: 'running', oddities: [] });
  });

  it('while the mirror fills take nothing of the others', async () => {
    const env = { SYNC_TIERS: '60:4h', SUPPLIER_REQUESTS_PER_MINUTE: '30' };
    odd = await OddSupplier.start({ experiences: FIVE, env });
    await odd.run(120);
    const filling = sent(0, (id) => !bad(id));
    await odd.close();
    odd = await OddSupplier.start({ experiences: FIVE, env });
    odd.answers(({ experienceId }) => (bad(experienceId) ? { status: 500 } : undefined));
    await odd.run(120);
    expect(sent(0, (id) => !bad(id))).toBeGreaterThanOrEqual(0.95 * filling);
    expect(await odd.status()).toMatchObject({ state: 'running', budget: { circuit: { state: 'closed' } } });
  });

  it('with one date each take hardly a twentieth of the others’ pace', async () => {
    const date = '2026-03-03';
    const isBad = (of: { readonly experienceId: number; readonly date: string }) =>
      bad(of.experienceId) && of.date === date;
    const world = async (fails: boolean) => {
      const env = { SYNC_TIERS: '60:4h', SUPPLIER_REQUESTS_PER_MINUTE: '30' };
      odd = await OddSupplier.start({ experiences: FIVE, env });
      await odd.run(30);
      if (fails) odd.answers((of) => (isBad(of) ? { status: 500 } : undefined));
      await odd.app.prisma.day.updateMany({
        where: { experienceId: { in: [14, 15] }, date: new Date(date) },
        data: { dueAt: odd.clock.now(), requestedAt: odd.clock.now() },
      });
      const since = odd.clock.now().getTime();
      await odd.run(300);
      return { others: sent(since, (id) => !bad(id)), ofDate: odd.supplier.requests().filter(isBad).length };
    };
    const well = await world(false);
    await odd.close();
    const during = await world(true);
    expect(during.ofDate).toBeGreaterThanOrEqual(6);
    expect(during.others).toBeGreaterThanOrEqual(0.95 * well.others);
    odd.answers(() => undefined);
    await odd.run(60);
    expect(await odd.status()).toMatchObject({ state: 'running', errors: [] });
  });

  it('are told to readers once they are older than their max age, and never as never fetched', async () => {
    odd = await OddSupplier.start({
      experiences: FIVE,
      env: { ...ENV, SYNC_TIERS: '4:2m' },
    });
    odd.answers(({ experienceId }) => (experienceId === 14 ? { body: { data: [] } } : undefined));
    await odd.run(40);
    const date = '2026-03-03';
    // Cold: nothing was ever known.
    expect(await odd.slots(14, date)).toMatchObject({
      status: 503,
      body: { code: 'DAY_UNAVAILABLE', degraded: { code: 'bad_answer' } },
    });
    expect((await odd.dates(14)).degraded).toMatchObject({ code: 'bad_answer', dates: expect.arrayContaining([date]) });
    // Warm: what was known is served, and said to be old.
    odd.answers(() => undefined);
    await odd.run(60);
    expect((await odd.slots(14, date)).body).toMatchObject({ degraded: null, slots: [{}, {}, {}] });
    odd.answers(({ experienceId }) => (experienceId === 14 ? { body: { data: [] } } : undefined));
    await odd.run(10);
    odd.clock.advance(120_000);
    await odd.run(FILL_SECONDS);
    const { body, headers } = await odd.slots(14, date);
    expect(body).toMatchObject({ degraded: { code: 'bad_answer' }, slots: [{}, {}, {}] });
    expect(headers['cache-control']).toBe('public, max-age=5, must-revalidate');
    const calendar = await odd.dates(14);
    expect(calendar.degraded).toMatchObject({ code: 'bad_answer' });
    expect(calendar.headers['cache-control']).toBe('public, max-age=5, must-revalidate');
    expect((await odd.dates(15)).degraded).toBeNull();
  });

  it('are told apart from products that are gone, which are asked seldom', async () => {
    odd = await OddSupplier.start({ experiences: FIVE, env: ENV });
    await odd.run(FILL_SECONDS);
    odd.answers(({ experienceId }) =>
      bad(experienceId)
        ? { status: experienceId === 14 ? 410 : 404, body: { message: 'Product not found' } }
        : undefined,
    );
    await odd.run(150);
    const from = odd.clock.now().getTime();
    await odd.run(90);
    expect(sent(from, bad)).toBeLessThanOrEqual(8);
    const { errors, state } = await odd.status();
    expect(state).toBe('running');
    expect(errors.map(({ experienceId, cause }) => [experienceId, cause]).toSorted()).toEqual([
      [14, 'gone'],
      [15, 'not_found'],
    ]);
    expect((await odd.slots(15, '2026-03-03')).body.slots).toHaveLength(3);
  });
});

describe('A product that is closed on most dates', () => {
  let odd: OddSupplier;
  afterEach(() => odd.close());

  const sunday = ({ date }: StandInRequest): boolean => new Date(date).getUTCDay() === 0;
  /** How each of the products says so. */
  const WAYS = new Map<number, StandInAnswer>([
    [14, { status: 404, body: { message: 'No availability for this date' } }],
    [15, { status: 204 }],
    [16, { body: { error: 'NO_AVAILABILITY' } }],
  ]);

  it('and says so by 404, by 204, or by an error that says so, is closed there, and does not fail', async () => {
    odd = await OddSupplier.start({
      experiences: [...WAYS.keys(), 17],
      env: { SUPPLIER_REQUESTS_PER_MINUTE: '120', SYNC_TIERS: '14:1h' },
    });
    odd.answers((of) => (sunday(of) ? undefined : WAYS.get(of.experienceId)));
    await odd.run(160);
    for (const id of WAYS.keys()) {
      const calendar = await odd.dates(id);
      expect({ id, open: calendar.dates.map(({ date }) => date) }).toEqual({ id, open: ['2026-03-08', '2026-03-15'] });
      expect(calendar).toMatchObject({ unknown: [], degraded: null });
      expect((await odd.slots(id, '2026-03-03')).body).toMatchObject({ slots: [], degraded: null });
    }
    expect(await odd.status()).toMatchObject({ state: 'running', errors: [] });
  });

  it.each([...WAYS].map(([id, closed]) => ({ id, closed })))(
    'by what $id says, and failed for a while, is well again though its closed dates show nothing',
    async ({ id, closed }) => {
      odd = await OddSupplier.start({ experiences: [id, 17], env: { ...ENV, SYNC_TIERS: '5:24h' } });
      const last = '2026-03-06';
      const usual = (of: StandInRequest) => (of.experienceId === id && of.date !== last ? closed : undefined);
      odd.answers(usual);
      await odd.run(60);
      expect(await odd.dates(id)).toMatchObject({ unknown: [], degraded: null, dates: [{ date: last }] });
      odd.answers(({ experienceId }) => (experienceId === id ? { body: { data: 'rubbish' } } : undefined));
      for (const date of ['2026-03-03', '2026-03-04', '2026-03-05', last]) await odd.fetch(id, date);
      expect((await odd.status()).errors).toMatchObject([{ experienceId: id, cause: 'bad_answer' }]);
      odd.answers(usual);
      await odd.run(180);
      expect((await odd.status()).errors).toEqual([]);
    },
  );

  it.each<[string, StandInAnswer]>([
    ['an empty body', { body: '' }],
    ['204', { status: 204 }],
  ])('and then answers %s for all of them closes nothing for a quarter of an hour', async (_, nothing) => {
    odd = await OddSupplier.start({ experiences: [14, 15], env: { ...ENV, SYNC_TIERS: '10:2m' } });
    await odd.run(FILL_SECONDS);
    const open = async () => Promise.all([14, 15].map(async (id) => (await odd.dates(id)).dates.length));
    const before = await open();
    odd.answers(() => nothing);
    await odd.run(300);
    expect(await open()).toEqual(before);
    const asked = odd.supplier.requests().length;
    odd.answers(() => undefined);
    await odd.run(240);
    expect(await odd.status()).toMatchObject({ state: 'running', queue: { due: 0, failing: 0 } });
    expect(odd.supplier.requests().length).toBeGreaterThan(asked);
    odd.answers(() => nothing);
    await odd.run(1_800);
    expect(await open()).toEqual([0, 0]);
  });

  it('and then says so of all of them by 404 is gone: nothing more of it becomes closed', async () => {
    odd = await OddSupplier.start({
      experiences: [14, 15],
      env: { ...ENV, SYNC_TIERS: '10:2m' },
    });
    await odd.run(FILL_SECONDS);
    odd.answers(({ experienceId }) =>
      experienceId === 14 ? { status: 404, body: { message: 'No product 14' } } : undefined,
    );
    await odd.run(120);
    expect((await odd.status()).errors).toMatchObject([{ experienceId: 14, cause: 'not_found' }]);
    expect((await odd.dates(14)).dates).toHaveLength(9);
  });
});

describe('A supplier', () => {
  let odd: OddSupplier;
  afterEach(() => odd.close());

  it.each([
    [
      'that refuses our key',
      { status: 401, body: { message: 'Invalid API key' } },
      'unauthorized',
      'unauthorized',
      /Invalid API key/,
    ],
    [
      'that says it in another way',
      { status: 400, body: { message: 'API key expired. Please renew' } },
      'unusable',
      'rejected',
      /API key expired/,
    ],
  ])('%s is told to do so, is asked little, and is well within a minute', async (_, answer, state, code, words) => {
    odd = await OddSupplier.start({ experiences: FIVE, env: ENV });
    await odd.run(FILL_SECONDS);
    const since = odd.clock.now().getTime();
    odd.answers(() => answer);
    await odd.run(120);
    const status = await odd.status();
    expect(status).toMatchObject({ state, cause: { code, text: expect.stringMatching(words) } });
    expect(Math.abs(Date.parse(status.since) - since)).toBeLessThan(5_000);
    expect(odd.supplier.requests().filter(({ at }) => at >= since + 60_000).length).toBeLessThanOrEqual(12);
    odd.answers(() => undefined);
    await odd.run(60);
    const well = await odd.status();
    expect(well).toMatchObject({ state: 'running', cause: null, errors: [] });
    expect(Date.parse(well.since)).toBeGreaterThan(since + 120_000);
  });

  it('that finds no product any more is told to do so within seconds, and is well within a minute', async () => {
    odd = await OddSupplier.start({ experiences: FIVE, env: ENV });
    await odd.run(FILL_SECONDS);
    odd.answers(() => ({ status: 404, body: { message: 'Not found' } }));
    await odd.run(10);
    expect(await odd.status()).toMatchObject({
      state: 'unusable',
      cause: { code: 'not_found', text: expect.stringContaining('Not found') },
    });
    await odd.run(30);
    expect((await odd.status()).errors).toContainEqual(
      expect.objectContaining({ cause: 'not_found', error: expect.stringContaining('Not found') }),
    );
    odd.answers(() => undefined);
    await odd.run(60);
    expect(await odd.status()).toMatchObject({ state: 'running', errors: [], clock: null });
    // No date became closed meanwhile.
    for (const id of FIVE) expect((await odd.dates(id)).dates).toHaveLength(3);
  });

  it('that asks to wait for hours, under whatever status, is asked again at the instant named', async () => {
    odd = await OddSupplier.start({
      experiences: [14, 15],
      env: { SYNC_TIERS: '20:10m', SUPPLIER_REQUESTS_PER_MINUTE: '60' },
    });
    await odd.run(10);
    odd.answers(() => ({ status: 503, headers: { 'retry-after': '21600' }, body: { message: 'maintenance' } }));
    await odd.fetch(14, '2026-03-04');
    odd.answers(() => undefined);
    const from = odd.clock.now().getTime();
    const status = await odd.status();
    expect(status).toMatchObject({
      state: 'refused',
      cause: { code: 'refusal', text: expect.stringContaining('maintenance') },
    });
    const end = Date.parse(status.nextAttemptAt ?? '');
    expect(end - from).toBeGreaterThan(21_590_000);
    odd.clock.set(new Date(end - 5_000));
    await odd.run(4.5);
    expect(odd.supplier.requests().filter(({ at }) => at > from)).toEqual([]);
    await odd.run(3);
    const first = odd.supplier.requests().find(({ at }) => at > from);
    expect((first?.at ?? 0) - end).toBeGreaterThanOrEqual(0);
    expect((first?.at ?? 0) - end).toBeLessThanOrEqual(1_500);
    const well = await odd.status();
    expect(well).toMatchObject({ state: 'running' });
    expect(Date.parse(well.since)).toBe(end);
  });

  it('whose answers come from caches is believed as old as they are, and never back in time', async () => {
    odd = await OddSupplier.start({
      experiences: [14],
      env: { SYNC_TIERS: '5:15m', SUPPLIER_REQUESTS_PER_MINUTE: '60' },
    });
    let age = '0';
    let remaining = 3;
    odd.answers(({ date }) => ({
      headers: { age, 'x-cache': age === '0' ? 'MISS' : 'HIT' },
      body: [{ ...goodFirst(date), remaining }],
    }));
    await odd.run(20);
    const fresh = (await odd.slots(14, '2026-03-03')).body;
    [age, remaining] = ['600', 9];
    await odd.fetch(14, '2026-03-03');
    expect((await odd.slots(14, '2026-03-03')).body).toEqual(fresh);
    odd.clock.advance(700_000);
    const sentAt = odd.clock.now().getTime();
    await odd.fetch(14, '2026-03-03');
    const older = (await odd.slots(14, '2026-03-03')).body;
    expect(older.slots[0]?.remaining).toBe(9);
    expect(Math.abs(Date.parse(older.asOf) - (sentAt - 600_000))).toBeLessThan(5_000);
  });
});

/** All of its slots start at no time. */
function unreadable(date: string): unknown[] {
  return [goodFirst(date), goodFirst(date)].map((slot) => ({ ...slot, startTime: 'soon' }));
}

function goodFirst(date: string): Record<string, unknown> {
  const price = { finalPrice: 100, originalPrice: 100, discount: 0, currencyCode: 'SGD' };
  const pax = { type: 'ADULT', isPrimary: true, min: 1, max: 20, remaining: 50, price };
  return {
    ...{ startDate: date, startTime: '10:00', endTime: '11:00', providerSlotId: `${date}T10`, variantId: 1 },
    ...{ remaining: 5, currencyCode: 'SGD', paxAvailability: [pax] },
  };
}
