import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A SUPPLIERS_FILE with these suppliers. @returns its path, and how to remove it */
export async function suppliersFile(suppliers: unknown): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'suppliers-'));
  const file = path.join(folder, 'suppliers.json');
  await writeFile(file, typeof suppliers === 'string' ? suppliers : JSON.stringify(suppliers));
  return { path: file, remove: () => rm(folder, { recursive: true }) };
}
