import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { sourceFiles } from './source-files.js';

/** The columns of `day` by who alone writes them. Both groups stand in one row, so that a recorded answer is one statement. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'inventory/': [
    ...['slots', 'fingerprint', 'confirmed_at', 'changed_at', 'version', 'open_slots', 'remaining'],
    ...['final_price', 'original_price', 'discount', 'currency_code', 'calendar_entry', 'closings', 'last_start'],
    ...['dropped_slots', 'oddities', 'short_slots'],
  ],
  'sync/schedule/': [
    ...['stale_after', 'due_at', 'leased_until', 'leased_by', 'attempts', 'last_error', 'failed_at', 'failure_kind'],
    ...['failing_since', 'empty_seen_at', 'interval_class', 'refresh_at', 'refresh_value', 'requested_at', 'hinted_at'],
    // Where days are opened; from then on triggers keep it.
    'claimable',
  ],
};
const KEY = ['experience_id', 'date', 'supplier'];

const columns = columnsOfDay();
const assignments = sourceFiles()
  .filter(({ path }) => path.startsWith('inventory/') || path.startsWith('sync/'))
  .flatMap(({ path, text }) => assignedIn(text).map((column) => ({ path, column })));

describe('the columns of day', () => {
  it('each have an owner', () => {
    expect([...Object.values(OWNERS).flat(), ...KEY].toSorted()).toEqual([...columns].toSorted());
  });

  it.each(Object.entries(OWNERS))('of %s are written nowhere else, and all of them there', (owner, own) => {
    const writing = assignments.filter(({ column }) => own.includes(column));
    expect(writing.filter(({ path }) => !path.startsWith(owner))).toEqual([]);
    expect([...new Set(writing.map(({ column }) => column))].toSorted()).toEqual([...own].toSorted());
  });
});

/** The columns that the statements of a file set: `SET column =`, `, column =`, and those of an INSERT. */
function assignedIn(text: string): string[] {
  const statements = [...text.matchAll(/UPDATE day\b[\s\S]*?(?:WHERE|FROM|`;)|fragment`[^`]*`/g)].map(([sql]) => sql);
  const set = statements.flatMap((sql) =>
    [...sql.matchAll(/(?:\bSET|,|`)\s*([a-z_]+) = /g)].map(([, name = '']) => name),
  );
  const inserted = [...text.matchAll(/INSERT INTO day \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
  return [...set, ...inserted].filter((name) => columns.includes(name) && !KEY.includes(name));
}

function columnsOfDay(): string[] {
  const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
  const [, body = ''] = /^model Day \{([\s\S]*?)^\}/m.exec(schema) ?? [];
  return [...body.matchAll(/^ {2}(\w+)\s+\w+\?? *(.*)$/gm)]
    .filter(([, name = '']) => !['experience', 'readCounts'].includes(name))
    .map(([, name = '', rest = '']) => /@map\("(\w+)"\)/.exec(rest)?.[1] ?? name);
}
