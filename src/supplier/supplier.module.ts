import { HttpModule } from '@nestjs/axios';
import { HttpService } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { SupplierSettings } from '../config/index.js';
import { Clock } from '../time/index.js';
import leap from './leap/index.js';
import { SupplierClient } from './supplier-client.js';

@Module({
  imports: [HttpModule],
  providers: [
    {
      provide: SupplierClient,
      inject: [HttpService, SupplierSettings, Clock],
      useFactory: (http: HttpService, settings: SupplierSettings, clock: Clock) =>
        leap.create(settings, { http, clock }),
    },
  ],
  exports: [SupplierClient],
})
export class SupplierModule {}
