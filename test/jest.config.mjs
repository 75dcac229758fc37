export default {
  rootDir: '..',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/test/setup/start-postgres.mjs',
  globalTeardown: '<rootDir>/test/setup/stop-postgres.mjs',
  reporters: ['default', '<rootDir>/test/setup/count-reporter.mjs'],
  // The tests wait for PostgreSQL more than they compute.
  maxWorkers: 3,
  // A guard against what never ends, and no measure: machines are busy at times.
  testTimeout: 240_000,
};
