import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { sourceFiles, walk, type SourceFile } from './source-files.js';

/**
 * Who alone writes each table: two writers of one row would have to know of each other. The rows of a day and of a supplier have two,
 * each with columns of its own, see `day-columns.spec.ts`.
 */
const OWNERS: Readonly<Record<string, string | readonly string[]>> = {
  _prisma_migrations: 'prisma/migration-runner.ts',
  accuracy: 'sync/accuracy/accuracy-records.ts',
  audit_entry: 'audit/audit-trail.ts',
  backfill: 'sync/backfill/backfill-log.ts',
  change_feed: 'inventory/change-log.ts',
  day: ['inventory/day.repository.ts', 'sync/schedule/day-queue.ts', 'sync/schedule/requested-days.ts'],
  // Appended as days are recorded and deleted; its beginning is cut off.
  day_change: ['inventory/change-log.ts', 'inventory/day.repository.ts'],
  day_lease: 'sync/monitoring/day-tally.ts',
  day_tally: 'sync/monitoring/day-tally.ts',
  day_tally_change: 'sync/monitoring/day-tally.ts',
  day_tally_epoch: 'sync/monitoring/day-tally.ts',
  day_reads: 'sync/rates/learned-rates.ts',
  experience: 'experience/catalogue.ts',
  experience_accuracy: 'sync/accuracy/accuracy-records.ts',
  // By triggers alone.
  experience_tally: [],
  experience_rates: 'sync/rates/learned-rates.ts',
  rate_model: 'sync/rates/learned-rates.ts',
  product_health: 'sync/fetch/product-health.ts',
  schedule: 'sync/schedule/plan-key.ts',
  removed_experience: 'experience/catalogue.ts',
  supplier: ['sync/pause/supplier-pauses.ts', 'sync/subscriptions/subscription-rows.ts'],
  supplier_budget: 'sync/budget/supplier-budget.ts',
  sync_control: 'sync/pause/sync-control.ts',
  webhook: 'webhooks/webhooks.ts',
  webhook_delivery: 'webhooks/delivery-log.ts',
  sync_run: 'sync/monitoring/sync-runs.ts',
};

const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
const tableOfModel = new Map(
  [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].map(([, model = '', body = '']) => [
    model.charAt(0).toLowerCase() + model.slice(1),
    /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model,
  ]),
);

const WRITING_SQL =
  /(?<!\b(?:for|do|on|no key)\s+)\b(?:insert\s+into|update|delete\s+from|truncate(?:\s+table)?|merge\s+into)\s+(?:only\s+)?"?([a-z_]+)"?/gi;
const WRITING_CALLS = /^(create|update|delete|upsert)(Many)?(AndReturn)?$/;

describe('each table', () => {
  it('is written by exactly the classes that own it', () => {
    const files = sourceFiles();
    const writers = new Map<string, Set<string>>();
    for (const file of files) {
      for (const table of tablesWrittenIn(file)) {
        for (const owner of ownersOf(file, files)) writers.set(table, (writers.get(table) ?? new Set()).add(owner));
      }
    }
    const found = Object.fromEntries([...writers].map(([table, owners]) => [table, [...owners].toSorted()]));
    const written = Object.entries(OWNERS).filter(([, owner]) => owner.length > 0);
    const expected = Object.fromEntries(written.map(([table, owner]) => [table, [owner].flat()]));
    expect(found).toEqual(expected);
  });

  it('of the schema has an owner', () => {
    const tables = [...tableOfModel.values(), '_prisma_migrations'];
    expect(tables.toSorted()).toEqual(Object.keys(OWNERS).toSorted());
  });

  it('is written where this test can see it: no SQL is put together from parts', () => {
    const unsafe = sourceFiles().filter(({ text }) => /\$(query|execute)RawUnsafe|Prisma\.raw\(/.test(text));
    expect(unsafe.map(({ path }) => `src/${path}: also the road to SQL injection`)).toEqual([]);
  });
});

/** The tables that the SQL texts and the client's calls in this file write. */
function tablesWrittenIn(file: SourceFile): string[] {
  const tables: string[] = [];
  walk(file.tree, (node) => {
    if (isSqlText(node))
      for (const [, table = ''] of node.getText().matchAll(WRITING_SQL)) tables.push(table.toLowerCase());
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const { name, expression: model } = node.expression;
    if (!WRITING_CALLS.test(name.text) || !ts.isPropertyAccessExpression(model)) return;
    const table = tableOfModel.get(model.name.text);
    if (table !== undefined) tables.push(table);
  });
  const known = new Set([...tableOfModel.values(), ...Object.keys(OWNERS)]);
  return tables.filter((table) => known.has(table));
}

/** A template or string that could be SQL. */
function isSqlText(node: ts.Node): boolean {
  return ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node) || ts.isStringLiteral(node);
}

/** A file with one statement belongs to the classes that import it; every other file to itself. */
function ownersOf(file: SourceFile, files: readonly SourceFile[]): string[] {
  if (!/(^|\/)sql\//.test(file.path)) return [file.path];
  const importers = files.filter(({ imports }) => imports.some(({ to, typeOnly }) => to === file.path && !typeOnly));
  return importers.length === 0 ? [file.path] : importers.flatMap((importer) => ownersOf(importer, files));
}
