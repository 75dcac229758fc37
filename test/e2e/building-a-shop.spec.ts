import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { sandboxPax, sandboxPrice, sandboxSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { codeOf } from '../setup/page-code.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const PAGE = 'src/openapi/building-a-shop.md';
/** Within the checkout, where its packages are found. */
const CACHE = path.resolve('node_modules/.cache');
const OPTIONS: ts.CompilerOptions = {
  ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: true },
  ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: ['node'] },
  ...{ target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'] },
};
const ID = 16;
const DATE = '2026-03-05';
/** A guard, and no measure. */
const READY_MS = 60_000;

let app: TestApp;
let folder: string;
let program: ts.Program;
let shop: ChildProcess | undefined;

function daySoldFor(finalPrice: number) {
  const pax = sandboxPax({ max: 4, remaining: 9, price: sandboxPrice({ finalPrice }) });
  return [sandboxSlot({ startDate: DATE, startTime: '11:00', paxAvailability: [pax] })];
}

beforeAll(async () => {
  app = await startTestApp({ env: { EXPERIENCES: `14,15,${ID}`, SYNC_TIERS: '10:24h' }, sandboxOptions: { speed: 0 } });
  app.sandbox.setTruth(14, DATE, []);
  app.sandbox.setTruth(ID, DATE, daySoldFor(24.5));
  await app.syncUntilIdle();
  await mkdir(CACHE, { recursive: true });
  folder = await mkdtemp(path.join(CACHE, 'building-a-shop-'));
  const source = path.join(folder, 'shop.ts');
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(source, await codeOf(PAGE, 'ts'));
  const described = await openapiTypescript(new URL(`${app.url}/openapi.json`));
  await writeFile(path.join(folder, 'slotmirror.ts'), astToString(described));
  program = ts.createProgram([source], OPTIONS);
  program.emit();
});
afterAll(async () => {
  shop?.kill();
  await rm(folder, { recursive: true, force: true });
  await app.close();
});

it('the page’s code fits the types that the service describes', () => {
  expect(ts.getPreEmitDiagnostics(program).map(textOf)).toEqual([]);
});

it('it sells, shows and follows its slots', async () => {
  const env = { PATH: process.env['PATH'], SLOTMIRROR_URL: app.url };
  const running = spawn(process.execPath, [path.join(folder, 'shop.js'), DATE, 'ADULT:2'], { env });
  shop = running;
  let said = '';
  let code: number | null | undefined;
  running.stdout.on('data', (text) => (said += String(text)));
  running.stderr.on('data', (text) => (said += String(text)));
  running.once('close', (of) => (code = of));
  await until('it shows the slots', () => said.includes('\n'), READY_MS);
  expect(JSON.parse(said)).toEqual({
    best: { experienceId: ID, total: { amount: 49, currencyCode: 'SGD' } },
    asOf: expect.stringMatching(/Z$/),
    places: [['11:00', 4]],
  });
  app.sandbox.setTruth(ID, DATE, daySoldFor(25));
  app.clock.advance(1_100);
  await makeDue(app.prisma, ID, DATE, app.clock.now());
  expect(await app.tick()).toBe(1);
  await until('it has seen the new price', () => code !== undefined, READY_MS);
  expect([code, JSON.parse(said.split('\n')[1] ?? '')]).toEqual([0, { kind: 'price', experienceId: ID, of: DATE }]);
});

it('the README’s example of the change feed has what a response has', async () => {
  const [example = ''] = (await codeOf('README.md', 'console'))
    .split('$ curl')
    .filter((text) => text.includes('/changes?'));
  const [, target = '', shown = ''] = /'http:\/\/localhost:4000(.*?)'\n(.*)/s.exec(example) ?? [];
  await until('the feed lists changes', async () => (await membersOf(app.url + target)).length > 0);
  expect(await membersOf(app.url + target)).toEqual(members(JSON.parse(shown)));
});

async function membersOf(url: string): Promise<string[]> {
  const page = (await (await fetch(url)).json()) as { changes: unknown[] };
  return page.changes.length === 0 ? [] : members(page);
}

/** The names and types of all members, by path. */
function members(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${at} ${value === null ? 'null' : typeof value}`];
  return Object.entries(value).flatMap(([name, member]) => members(member, `${at}.${name}`));
}

function textOf({ messageText, file, start }: ts.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}
