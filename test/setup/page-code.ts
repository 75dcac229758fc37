import { readFile } from 'node:fs/promises';

/** The code blocks of a page in one language, one after the other. */
export async function codeOf(page: string, language: string): Promise<string> {
  const text = await readFile(page, 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .flatMap(([, of, code]) => (of === language ? [code] : []))
    .join('\n');
}
