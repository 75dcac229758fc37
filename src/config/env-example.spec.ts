import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { Environment } from './environment.js';

/** `KEY=default`, or `# KEY=` for a key without default. */
const LINE = /^(#\s*)?([A-Z][A-Z0-9_]*)=(.*)$/;

describe('.env.example', () => {
  it('holds every variable that is read, once, with its default; those without one commented out', async () => {
    const text = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
    const lines = text.split('\n').flatMap((line) => {
      const [, comment, key, value] = LINE.exec(line) ?? [];
      return key === undefined ? [] : [[key, comment === undefined ? value : undefined] as const];
    });
    expect(lines.toSorted(byKey)).toEqual(variables().toSorted(byKey));
  });
});

function variables(): (readonly [string, string | undefined])[] {
  const defaults = Object.entries<string | undefined>(new Environment() as object as Record<string, string>);
  return defaults.map(([key, value]) => [key, value === '' ? undefined : value]);
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}
