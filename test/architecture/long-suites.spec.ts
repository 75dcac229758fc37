import { expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';

const LIST = new URL('../long-suites.mjs', import.meta.url).href;
const { SOAK, LONGEST_FIRST } = (await import(LIST)) as Record<'SOAK' | 'LONGEST_FIRST', readonly string[]>;

it.each(LONGEST_FIRST)('%s, which is listed as long, exists', (file) => {
  expect(existsSync(new URL(`../../${file}`, import.meta.url))).toBe(true);
});

it('no suite is listed twice, and each soak suite is begun before the others', () => {
  expect(new Set(LONGEST_FIRST).size).toBe(LONGEST_FIRST.length);
  expect(LONGEST_FIRST.slice(0, SOAK.length)).toEqual(SOAK);
});
