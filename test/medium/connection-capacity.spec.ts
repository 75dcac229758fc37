import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import {
  capacityWarning,
  connectionFacts,
  requireCapacity,
  warnOfCapacity,
  type ConnectionFacts,
} from '../../src/prisma/connection-capacity.js';

const ENOUGH: ConnectionFacts = {
  ...{ most: 97, mostOfRole: null, mostOfDatabase: null },
  ...{ used: 20, usedByRole: 10, usedInDatabase: 10 },
};

describe('a warning of too few connections', () => {
  it('is not given where one more process has its connections', () => {
    expect(capacityWarning(ENOUGH)).toBeUndefined();
    expect(capacityWarning({ ...ENOUGH, used: 82, mostOfRole: 25, mostOfDatabase: 25 })).toBeUndefined();
  });

  it.each<[what: string, facts: Partial<ConnectionFacts>, words: RegExp]>([
    ['of the server', { used: 83 }, /^the server \(max_connections\) may have 97 connections, of which 14 are free/],
    ['of the role', { mostOfRole: 20 }, /^our role may have 20 .* 10 are free, .*ALTER ROLE … CONNECTION LIMIT/],
    ['of the database', { mostOfDatabase: 5 }, /^the database may have 5 .* 0 are free, .*ALTER DATABASE/],
    ['the least of several', { used: 90, mostOfRole: 11 }, /^our role may have 11 .* 1 are free/],
  ])('names the limit %s', (_, facts, words) => {
    expect(capacityWarning({ ...ENOUGH, ...facts })).toMatch(words);
  });
});

it('too few for a single process are refused, with what to raise', () => {
  expect(() => requireCapacity({ ...ENOUGH, mostOfRole: 4 })).not.toThrow();
  expect(() => requireCapacity({ ...ENOUGH, mostOfRole: 3 })).toThrow(
    /^The database cannot be used: our role may have 3 connections, and Slotmirror needs 4 at least, .*ALTER ROLE/,
  );
});

describe('the connections of a real server', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('are counted', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const facts = await connectionFacts(client).finally(() => client.end());
    expect(facts.most).toBeGreaterThan(50);
    expect(facts).toMatchObject({ mostOfRole: null, mostOfDatabase: null });
    expect(facts.usedInDatabase).toBeGreaterThanOrEqual(1);
    expect(facts.used).toBeGreaterThanOrEqual(facts.usedInDatabase);
  });

  it('that are too few are told, and a server that does not answer stops nothing', async () => {
    const lines: string[] = [];
    const name = new URL(database.url).pathname.slice(1);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`ALTER DATABASE "${name}" CONNECTION LIMIT 10`).finally(() => client.end());
    await warnOfCapacity(database.url, (line) => lines.push(line));
    await warnOfCapacity('postgresql://nobody:nothing@127.0.0.1:9/none', (line) => lines.push(line));
    expect(lines).toEqual([expect.stringMatching(/^the database may have 10 connections/)]);
  });
});
