import all from './jest.config.mjs';
import { SOAK } from './long-suites.mjs';

/** All but the soak suites. */
export default { ...all, testPathIgnorePatterns: ['/node_modules/', ...SOAK.map((file) => `<rootDir>/${file}$`)] };
