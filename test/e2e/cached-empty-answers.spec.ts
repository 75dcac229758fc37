import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OddSupplier } from '../setup/odd-supplier.js';
import { goodDay, type StandInAnswer } from '../setup/supplier-stand-in.js';

const ID = 14;
/** The test clock starts on 2026-03-02, 12:00 in Singapore. */
const dateAt = (days: number): string =>
  new Date(Date.parse('2026-03-02') + days * 86_400_000).toISOString().slice(0, 10);
/** The cache keeps an answer for so long. */
const KEPT_S = 60;
const EMPTY: readonly (StandInAnswer & { readonly what: string })[] = [
  { what: 'an empty list', body: [] },
  { what: '"no content"', status: 204 },
  { what: '"not found"', status: 404, body: { message: 'not found' } },
];

describe('a cache between us and the supplier that repeats', () => {
  let odd: OddSupplier;

  beforeAll(async () => {
    odd = await OddSupplier.start({ experiences: [ID] });
    await odd.run(120);
  });
  afterAll(() => odd.close());

  /** From now on the cache repeats `first` for the date, and then `later` comes from the supplier. */
  const cache = (date: string, first: StandInAnswer, later: StandInAnswer): void => {
    const cachedAt = odd.clock.now().getTime();
    odd.answers((of) => {
      if (of.date !== date) return undefined;
      const age = Math.floor((of.at - cachedAt) / 1_000);
      return age < KEPT_S ? { ...first, headers: { age: String(age) } } : later;
    });
  };
  const fetches = (date: string): number => odd.supplier.requests().filter((of) => of.date === date).length;

  it.each(EMPTY.map(({ what, ...answer }, i) => [what, answer, dateAt(10 + i)] as const))(
    '%s: a day with open slots stays open until the supplier itself has said so twice',
    async (_, answer, date) => {
      const before = await odd.slots(ID, date);
      expect(before.body.slots).toHaveLength(3);
      cache(date, answer, { body: goodDay(date) });
      const asked = fetches(date);
      await odd.fetch(ID, date);
      await odd.run(KEPT_S - 5);
      expect(fetches(date) - asked).toBeGreaterThan(1);
      // It is not asked every five seconds for as long as the cache repeats itself.
      expect(fetches(date) - asked).toBeLessThan(9);
      expect((await odd.slots(ID, date)).body.slots).toHaveLength(3);
      await odd.run(KEPT_S);
      const after = await odd.slots(ID, date);
      expect(after.body.slots).toHaveLength(3);
      expect(Date.parse(after.body.asOf)).toBeGreaterThan(Date.parse(before.body.asOf));
    },
  );

  it('an empty list, and the supplier says the same afterwards: the day is closed', async () => {
    const date = dateAt(15);
    cache(date, { body: [] }, { body: [] });
    await odd.fetch(ID, date);
    await odd.run(2 * KEPT_S);
    expect((await odd.slots(ID, date)).body.slots).toEqual([]);
  });

  it('what was true before the stored answer: a hinted day is not asked for again and again', async () => {
    const date = dateAt(20);
    await odd.fetch(ID, date);
    odd.answers((of) => (of.date === date ? { body: goodDay(date), headers: { age: '300' } } : undefined));
    const where = { experienceId: ID, date: new Date(date) };
    await odd.app.prisma.day.updateMany({ where, data: { hintedAt: odd.clock.now() } });
    const asked = fetches(date);
    await odd.run(60);
    // By its value it is asked for now and then, as others are.
    expect(fetches(date) - asked).toBeGreaterThan(0);
    expect(fetches(date) - asked).toBeLessThan(8);
  });
});
