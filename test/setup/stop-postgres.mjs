import { rm } from 'node:fs/promises';

export default async function stopPostgres() {
  const { dir, server } = globalThis.testPostgres;
  await server.stop();
  await rm(dir, { recursive: true, force: true });
}
