import type { SupplierApi } from '../supplier-api.js';
import { LeapClient } from './leap.client.js';

const leap: SupplierApi = {
  problems: ({ own }) => Object.keys(own).map((name) => `${name}: is no setting of the API "leap"`),
  create: (settings, { http, clock }) => new LeapClient(http, settings, clock),
};

export default leap;
