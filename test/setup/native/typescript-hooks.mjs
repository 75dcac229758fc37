import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import swc from '@swc/core';
import compiledFiles from './compiled-files.cjs';

const OPTIONS = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'es6' },
  sourceMaps: true,
  configFile: false,
  swcrc: false,
};
const COMPILER = JSON.stringify([swc.version, OPTIONS]);
const JEST_GLOBALS = 'jest-globals:';
const JEST_NAMES = [
  ...['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'fdescribe', 'fit', 'it', 'jest'],
  ...['test', 'xdescribe', 'xit', 'xtest'],
];

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
  const kept = compiledFiles.codeFile(COMPILER, filename, source);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { code, map } = swc.transformSync(source, { ...OPTIONS, filename });
  put(compiledFiles.mapFile(filename), map);
  put(kept, code);
  return code;
}

/** Other workers write the same file: a rename is atomic. */
function put(file, text) {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}
