/** The specs beside the code: no database, no build. */
export default {
  rootDir: '..',
  // Node.js itself loads what is tested, once per worker, see test/setup/native.
  testEnvironment: '<rootDir>/test/setup/native/environment.cjs',
  runtime: '<rootDir>/test/setup/native/runtime.cjs',
  transform: {},
  setupFiles: ['<rootDir>/test/setup/seed.mjs'],
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  reporters: ['default', '<rootDir>/test/setup/count-reporter.mjs'],
  maxWorkers: '100%',
  // A worker on a busy machine may take longer than Jest's half second to exit; one with open handles never does.
  workerGracefulExitTimeout: 15_000,
  // A guard against what never ends, and no measure: machines are busy at times.
  testTimeout: 240_000,
};
