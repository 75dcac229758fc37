import type { HttpService } from '@nestjs/axios';
import type { SupplierSettings } from '../config/index.js';
import type { Clock } from '../time/index.js';
import type { SupplierClient } from './supplier-client.js';

/** What a client may use. */
export interface ClientNeeds {
  readonly http: HttpService;
  readonly clock: Clock;
}

/**
 * An API that suppliers speak: the default export of the `index.ts` of a folder beside this file. The folder's name is the
 * name of the API. Nothing else knows which APIs there are.
 */
export interface SupplierApi {
  /** Every problem of the settings that only this API knows (`own`), each as "daysPerRequest: …"; empty: none. */
  problems(settings: SupplierSettings): readonly string[];
  create(settings: SupplierSettings, needs: ClientNeeds): SupplierClient;
}
