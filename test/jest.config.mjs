import unit from './jest.unit.config.mjs';

/** Every test. */
export default {
  ...unit,
  testMatch: [...unit.testMatch, '<rootDir>/test/**/*.spec.ts'],
  globalSetup: '<rootDir>/test/setup/start-postgres.mjs',
  globalTeardown: '<rootDir>/test/setup/stop-postgres.mjs',
  testSequencer: '<rootDir>/test/setup/sequencer.mjs',
  // The tests wait for PostgreSQL more than they compute.
  maxWorkers: 3,
};
