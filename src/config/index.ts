export { ConfigModule, type EnvironmentSource } from './config.module.js';
export { parseRequestsPerMinute } from './environment.js';
export { ParsedBy } from './parsed-by.js';
export { processName } from './process-name.js';
export type { Proxy } from './proxy.js';
export { SuppliersSettings, type ConfiguredExperience, type SupplierSettings } from './supplier-settings.js';
export {
  DatabaseSettings,
  EnvironmentError,
  MirrorSettings,
  OctoSettings,
  readSettings,
  ServerSettings,
  SOLE_ADMIN,
  type LogSettings,
  type Settings,
} from './settings.js';
export { parseTiers, tiersText, tierText, windowOf, type Tier } from './tiers.js';
export {
  LARGEST_ID,
  parseIds,
  parseDuration,
  parseInteger,
  parseTimeZone,
  type NamedKey,
  type Network,
} from './values.js';
