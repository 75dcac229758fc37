import { HttpModule, HttpService } from '@nestjs/axios';
import { Module, type DynamicModule } from '@nestjs/common';
import { SuppliersSettings } from '../config/index.js';
import { Clock } from '../time/index.js';
import { loadApis } from './supplier-apis.js';
import { Suppliers } from './suppliers.js';

@Module({})
export class SupplierModule {
  /** All APIs. @param more folders whose folders are APIs too */
  static apis(more: readonly string[] = []): ReturnType<typeof loadApis> {
    return loadApis([import.meta.dirname, ...more]);
  }

  /** @param apiFolders more folders whose folders are APIs */
  static async register(apiFolders: readonly string[] = []): Promise<DynamicModule> {
    const apis = await SupplierModule.apis(apiFolders);
    return {
      module: SupplierModule,
      global: true,
      imports: [HttpModule],
      providers: [
        {
          provide: Suppliers,
          inject: [SuppliersSettings, HttpService, Clock],
          useFactory: (settings: SuppliersSettings, http: HttpService, clock: Clock) =>
            Suppliers.create(settings, apis, { http, clock }),
        },
      ],
      exports: [Suppliers],
    };
  }
}
