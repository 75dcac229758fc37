import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import type { SupplierApi } from './supplier-api.js';

/** The APIs by name. @param folders each folder in them with an `index` file is an API */
export async function loadApis(folders: readonly string[]): Promise<ReadonlyMap<string, SupplierApi>> {
  const apis = new Map<string, SupplierApi>();
  for (const folder of folders) {
    for (const name of (await readdir(folder, { withFileTypes: true })).filter((each) => each.isDirectory())) {
      const api = await load(path.join(folder, name.name));
      if (api) apis.set(name.name, api);
    }
  }
  return apis;
}

async function load(folder: string): Promise<SupplierApi | undefined> {
  const index = (await readdir(folder)).find((file) => /^index\.[jt]s$/.test(file));
  if (index === undefined) return undefined;
  const { default: api } = (await import(pathToFileURL(path.join(folder, index)).href)) as { default?: SupplierApi };
  return api;
}
