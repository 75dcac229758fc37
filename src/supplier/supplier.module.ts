import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { LeapClient } from './leap/leap.client.js';
import { SupplierClient } from './supplier-client.js';

@Module({
  imports: [HttpModule],
  providers: [{ provide: SupplierClient, useClass: LeapClient }],
  exports: [SupplierClient],
})
export class SupplierModule {}
