export { ConfigModule, type EnvironmentSource } from './config.module.js';
export { parseRequestsPerMinute } from './environment.js';
export { isProduction } from './production.js';
export {
  DatabaseSettings,
  EnvironmentError,
  MirrorSettings,
  readSettings,
  ServerSettings,
  SupplierSettings,
} from './settings.js';
export { LARGEST_ID, parseDuration, parseInteger, parseTiers, parseTimeZone, type Tier } from './values.js';
