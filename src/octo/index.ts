export { OctoApi } from './octo-api.js';
export { OctoModule } from './octo.module.js';
export { addOctoRoutes } from './octo-plugin.js';
export { ResellerLimit } from './reseller-limit.js';
