// What every competitor has in common.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Answers that were captured from our server, by path, with all of its headers. */
export function readAnswers(dir) {
  const bodies = readFileSync(path.join(dir, 'bodies'));
  const index = JSON.parse(readFileSync(path.join(dir, 'index.json'), 'utf8'));
  return new Map(
    index.map(({ path: at, etag, headers, offset, length }) => [
      at,
      { etag, headers, body: bodies.subarray(offset, offset + length) },
    ]),
  );
}

/** Tells the parent where to ask, and ends with it. */
export function announce(port) {
  process.once('disconnect', () => process.exit());
  process.send({ port });
}
