import all from './jest.config.mjs';
import { SOAK } from './long-suites.mjs';

/** The soak suites alone. */
export default { ...all, testMatch: SOAK.map((file) => `<rootDir>/${file}`) };
