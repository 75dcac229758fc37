import type { SupplierApi } from '../supplier-api.js';
import { octoProblems, octoSettings } from './octo-settings.js';
import { OctoClient } from './octo.client.js';

const octo: SupplierApi = {
  problems: ({ own }) => octoProblems(own),
  create: (settings, { http, clock }) => new OctoClient(http, settings, octoSettings(settings.own), clock),
};

export default octo;
