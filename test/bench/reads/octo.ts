import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { randomFrom } from '../fixtures.js';
import { caseOf, datesOf, POPULAR, shuffled, type Sequence } from './cases.js';
import { OCTO_KEY } from './child.js';
import type { Catalogue } from './fill.js';
import { CACHED } from './targets.js';

const PATH = '/octo/availability';
const HEADERS = {
  authorization: `Bearer ${OCTO_KEY}`,
  'octo-capabilities': 'octo/pricing',
  'content-type': 'application/json',
  'accept-encoding': 'identity',
};
/** What Node writes by itself. */
const OWN = /^(date|connection|keep-alive)$/;

/** The bodies that each connection sends: the availability of a date of the popular part of the catalogue, with prices. */
export function octoSequences(catalogue: Catalogue): readonly Sequence[] {
  const random = randomFrom(catalogue.seed + 2);
  const bodies = catalogue.ids.flatMap((id) =>
    datesOf(catalogue).map((localDate) => JSON.stringify({ productId: String(id), optionId: 'DEFAULT', localDate })),
  );
  return caseOf(CACHED.octo, random, shuffled(random, bodies).slice(0, POPULAR)).sequences;
}

/** Has our server answer each body, keeps the very bytes for a competitor, and writes what a load is to send. @returns the file */
export async function captureOcto(origin: string, sequences: readonly Sequence[], dir: string): Promise<string> {
  const index = [];
  const bodies = createWriteStream(path.join(dir, 'bodies'));
  let offset = 0;
  for (const body of new Set(sequences.flat())) {
    const response = await fetch(origin + PATH, { method: 'POST', headers: HEADERS, body });
    const answer = Buffer.from(await response.arrayBuffer());
    if (response.status !== 200 || answer.length < 100)
      throw new Error(`${body} → ${response.status}: ${answer.toString()}`);
    const headers = Object.fromEntries([...response.headers].filter(([name]) => !OWN.test(name)));
    index.push({ path: `${PATH} ${body}`, etag: '', headers, offset, length: answer.length });
    offset += answer.length;
    bodies.write(answer);
  }
  bodies.end();
  await finished(bodies);
  await writeFile(path.join(dir, 'index.json'), JSON.stringify(index));
  const requests = sequences.map((sequence) =>
    sequence.map((body) => ({
      method: 'POST',
      path: PATH,
      headers: { ...HEADERS, 'accept-encoding': 'identity' },
      body,
    })),
  );
  const file = path.join(dir, 'requests.json');
  await writeFile(file, JSON.stringify({ status: 200, requests }));
  return file;
}
