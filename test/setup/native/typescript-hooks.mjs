import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import swc from '@swc/core';

const CACHE = new URL('../../../node_modules/.cache/slotmirror-tests/', import.meta.url);
const OPTIONS = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  configFile: false,
  swcrc: false,
};
const COMPILER = JSON.stringify([swc.version, OPTIONS]);
const JEST_GLOBALS = 'jest-globals:';
const JEST_NAMES = [
  ...['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'fdescribe', 'fit', 'it', 'jest'],
  ...['test', 'xdescribe', 'xit', 'xtest'],
];

mkdirSync(CACHE, { recursive: true });

/** A relative import of `x.js` may mean `x.ts`. Each spec file gets its own `@jest/globals`. */
export async function resolve(specifier, context, next) {
  const { parentURL } = context;
  if (specifier === '@jest/globals') {
    return { url: `${JEST_GLOBALS}${new URL(parentURL).search}`, shortCircuit: true };
  }
  if (specifier.startsWith('.') && specifier.endsWith('.js') && parentURL && !parentURL.includes('/node_modules/')) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), parentURL);
    if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (url.startsWith(JEST_GLOBALS)) return { format: 'module', source: jestGlobals(), shortCircuit: true };
  if (!url.startsWith('file:') || !new URL(url).pathname.endsWith('.ts')) return next(url, context);
  return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true };
}

function jestGlobals() {
  return `const globals = globalThis[Symbol.for('slotmirror.jest-globals')];
export const { ${JEST_NAMES.join(', ')} } = globals;`;
}

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256').update(COMPILER).update(filename).update(source).digest('hex');
  const kept = new URL(`${key}.mjs`, CACHE);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { code } = swc.transformSync(source, { ...OPTIONS, filename });
  // Other workers write the same file: a rename is atomic.
  const written = new URL(`${key}.${process.pid}`, CACHE);
  writeFileSync(written, code);
  renameSync(written, kept);
  return code;
}
