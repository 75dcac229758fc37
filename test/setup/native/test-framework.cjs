const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { compileFunction } = require('node:vm');
const RunningTest = require('./running-test.cjs');

const CIRCUS_HANDLERS = Symbol.for('EVENT_HANDLERS');
/** By file: what `require` would run. */
const compiled = new Map();

/** A new instance of the module, which is compiled only once. */
module.exports = function newFramework(filename) {
  delete globalThis[CIRCUS_HANDLERS];
  const module = { exports: {} };
  codeOf(filename).call(module.exports, module.exports, requireFor(filename), module, filename, path.dirname(filename));
  return module.exports;
};

function codeOf(filename) {
  if (!compiled.has(filename)) {
    const names = ['exports', 'require', 'module', '__filename', '__dirname'];
    compiled.set(filename, compileFunction(readFileSync(filename, 'utf8'), names, { filename }));
  }
  return compiled.get(filename);
}

function requireFor(filename) {
  const own = createRequire(filename);
  const replaced = (name) => (name === 'node:async_hooks' ? { AsyncLocalStorage: RunningTest } : own(name));
  return Object.assign(replaced, own);
}
