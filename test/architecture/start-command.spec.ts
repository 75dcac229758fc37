import { expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';

const ROOT = new URL('../../', import.meta.url);

it('the image starts the server with the flags of `npm start`', async () => {
  const { scripts } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8')) as {
    scripts: { start: string };
  };
  const [, command = '[]'] = /^CMD (\[.*\])$/m.exec(await readFile(new URL('Dockerfile', ROOT), 'utf8')) ?? [];
  expect((JSON.parse(command) as string[]).join(' ')).toBe(scripts.start);
});
