const { register } = require('node:module');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { mapFile } = require('./compiled-files.cjs');
const newFramework = require('./test-framework.cjs');

/** Where a spec's `@jest/globals` finds what it exports, see `typescript-hooks.mjs`. */
const GLOBALS = Symbol.for('slotmirror.jest-globals');
let files = 0;

register('./typescript-hooks.mjs', pathToFileURL(__filename));

/**
 * Replaces jest-runtime: Node.js itself imports the spec files, and what they import is loaded once per worker instead of
 * once per file. Loading the application again for every file took longer than most tests.
 */
class NativeRuntime {
  constructor(_config, environment) {
    this.environment = environment;
  }

  /** Jest's test framework, new for each file: it holds the tests of one. */
  requireInternalModule(path) {
    return newFramework(path);
  }

  setGlobalsForRuntime(globals) {
    const { moduleMocker: mocker, fakeTimersModern: timers } = this.environment;
    globalThis[GLOBALS] = {
      ...globals,
      jest: {
        fn: (implementation) => mocker.fn(implementation),
        spyOn: (object, method, access) => mocker.spyOn(object, method, access),
        restoreAllMocks: () => mocker.restoreAllMocks(),
        useFakeTimers: (options) => timers.useFakeTimers(options),
        useRealTimers: () => timers.useRealTimers(),
        advanceTimersByTime: (ms) => timers.advanceTimersByTime(ms),
      },
    };
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  /** The query gives every run of a file a module of its own, with its own `@jest/globals`. */
  unstable_importModule(path) {
    return import(`${pathToFileURL(path)}?spec=${++files}`);
  }

  requireModule(path) {
    return require(path);
  }

  /** Jest's own runtime refuses imports outside of these two. */
  enterTestCode() {}

  leaveTestCode() {}

  /** Jest looks up in it, by what a stack trace names, the file of the source map. */
  getSourceMaps() {
    const get = (url) =>
      url.startsWith('file:') && new URL(url).pathname.endsWith('.ts') ? mapFile(fileURLToPath(url)) : undefined;
    return Object.assign(new Map(), { get });
  }

  getAllCoverageInfoCopy() {
    return undefined;
  }

  teardown() {
    delete globalThis[GLOBALS];
  }
}

module.exports = NativeRuntime;
