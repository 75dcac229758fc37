import { EnvironmentError, type SuppliersSettings, type SupplierSettings } from '../config/index.js';
import type { ClientNeeds, SupplierApi } from './supplier-api.js';
import type { SupplierClient } from './supplier-client.js';

/** A configured supplier and the client that speaks its API. */
export interface Supplier {
  readonly name: string;
  readonly settings: SupplierSettings;
  readonly client: SupplierClient;
}

/** The configured suppliers. */
export class Suppliers {
  constructor(readonly all: readonly Supplier[]) {}

  get names(): readonly string[] {
    return this.all.map(({ name }) => name);
  }

  /** Undefined: no supplier of this name is configured. */
  find(name: string): Supplier | undefined {
    return this.all.find((supplier) => supplier.name === name);
  }

  /** @throws EnvironmentError that lists every supplier whose API is unknown, and every wrong setting of an API */
  static create(
    { all, file }: SuppliersSettings,
    apis: ReadonlyMap<string, SupplierApi>,
    needs: ClientNeeds,
  ): Suppliers {
    const problems = all.flatMap((settings) => problemsOf(settings, apis));
    if (problems.length > 0) {
      throw new EnvironmentError(
        problems.map((problem) => (file === null ? problem : `SUPPLIERS_FILE ${file}: ${problem}`)),
      );
    }
    return new Suppliers(
      all.flatMap((settings) => {
        const client = apis.get(settings.api)?.create(settings, needs);
        return client ? [{ name: settings.name, settings, client }] : [];
      }),
    );
  }
}

function problemsOf(settings: SupplierSettings, apis: ReadonlyMap<string, SupplierApi>): string[] {
  const { name, api } = settings;
  const known = apis.get(api);
  if (!known) return [`${name}.api: "${api}" is not known; write ${[...apis.keys()].join(' or ')}`];
  return known.problems(settings).map((problem) => `${name}.${problem}`);
}
