import { Body, Controller, Get, Header, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Catalogue } from '../../experience/index.js';
import { AdminGuard, ApiProblem, ByAdmin, pauseOrder, PauseRequest, type Actor } from '../../http/index.js';
import { Suppliers, type Supplier } from '../../supplier/index.js';
import { Clock } from '../../time/index.js';
import { SupplierBudgets } from '../budget/supplier-budgets.js';
import type { SupplierState } from '../monitoring/status.shape.js';
import { SyncStatusReader } from '../monitoring/sync-status.js';
import { SupplierPauses } from '../pause/supplier-pauses.js';
import { ImportRequest } from './import-request.js';
import { ProductImport } from './product-import.js';
import { ProductLists } from './product-lists.js';
import type { ImportReport, ProductList, SupplierList } from './supplier.shape.js';

/** For admins: each supplier by itself. */
@Controller('api/v1/supplier')
@UseGuards(AdminGuard)
export class SupplierController {
  constructor(
    private readonly suppliers: Suppliers,
    private readonly status: SyncStatusReader,
    private readonly pauses: SupplierPauses,
    private readonly budgets: SupplierBudgets,
    private readonly lists: ProductLists,
    private readonly imports: ProductImport,
    private readonly catalogue: Catalogue,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async list(): Promise<SupplierList> {
    return { suppliers: (await this.status.state()).suppliers };
  }

  @Get(':name')
  @Header('cache-control', 'no-store')
  read(@Param('name') name: string): Promise<SupplierState> {
    return this.stateOf(this.find(name));
  }

  @Post(':name/pause')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async pause(
    @Param('name') name: string,
    @ByAdmin() actor: Actor,
    @Body() request?: PauseRequest,
  ): Promise<SupplierState> {
    const supplier = this.find(name);
    await this.pauses.pause(actor, supplier.name, pauseOrder(request, this.clock.now()));
    return this.stateOf(supplier);
  }

  @Post(':name/resume')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async resume(@Param('name') name: string, @ByAdmin() actor: Actor): Promise<SupplierState> {
    const supplier = this.find(name);
    await this.pauses.resume(actor, supplier.name);
    return this.stateOf(supplier);
  }

  /** Ends a wait or an open circuit: the next request is sent at once, and its answer decides. */
  @Post(':name/try')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async tryNow(@Param('name') name: string, @ByAdmin() actor: Actor): Promise<SupplierState> {
    const supplier = this.find(name);
    await this.budgets.of(supplier.name).tryNow();
    await this.audit.record(actor, { action: 'supplier.try', detail: { supplier: supplier.name } });
    return this.stateOf(supplier);
  }

  /** Takes one request of the supplier's budget, if its API has a list of products. */
  @Get(':name/products')
  @Header('cache-control', 'no-store')
  async products(@Param('name') name: string): Promise<ProductList> {
    const supplier = this.find(name);
    const products = await this.lists.read(supplier);
    const known = await this.catalogue.idsOf(supplier.name);
    return {
      listed: products !== null,
      products: (products ?? []).map((product) => ({ ...product, experienceId: known(product) ?? null })),
    };
  }

  @Post(':name/import')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async import(
    @Param('name') name: string,
    @ByAdmin() actor: Actor,
    @Body() request?: ImportRequest,
  ): Promise<ImportReport> {
    return this.imports.run(actor, this.find(name), request?.products ?? null);
  }

  private find(name: string): Supplier {
    const supplier = this.suppliers.find(name);
    if (supplier) return supplier;
    const names = this.suppliers.names.join(', ');
    throw new ApiProblem('SUPPLIER_NOT_FOUND', `No supplier is named so. These are configured: ${names}.`);
  }

  private async stateOf({ name }: Supplier): Promise<SupplierState> {
    const { suppliers } = await this.status.state();
    const found = suppliers.find((supplier) => supplier.name === name);
    if (!found) throw new Error(`the supplier ${name} has no state`);
    return found;
  }
}
