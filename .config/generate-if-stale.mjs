// `prisma generate` takes seconds, and mostly for nothing: it runs only when the schema or the installed packages have changed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isClientStale } from './stale.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

if (isClientStale(root)) {
  const { status } = spawnSync('npm', ['run', '-s', 'generate'], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
