import all from './jest.config.mjs';
import { SOAK } from './long-suites.mjs';

/** All but the soak suites, which measure time more often: one worker more disturbs these less. */
export default {
  ...all,
  testPathIgnorePatterns: ['/node_modules/', ...SOAK.map((file) => `<rootDir>/${file}$`)],
  maxWorkers: 4,
};
