// What `nest build` does with nest-cli.json, without the packages that come with it: compile, and copy the assets.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { sourceRoot, compilerOptions } = JSON.parse(readFileSync(path.join(root, 'nest-cli.json'), 'utf8'));
const out = path.join(root, 'dist');

if (compilerOptions.deleteOutDir) rmSync(out, { recursive: true, force: true });
compile(compilerOptions.tsConfigPath);
copy(path.join(root, sourceRoot), compilerOptions.assets.map(patternOf));
compile('src/console/page');

function compile(project) {
  const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
  const { status } = spawnSync(process.execPath, [tsc, '-p', project], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function copy(from, patterns) {
  for (const name of readdirSync(from, { recursive: true })) {
    if (!patterns.some((pattern) => pattern.test(name.split(path.sep).join('/')))) continue;
    cpSync(path.join(from, name), path.join(out, name));
  }
}

/** Of the globs, those with `*` within a folder and `{a,b}`: Node 20 knows none. */
function patternOf(glob) {
  const parts = glob
    .replaceAll('.', '\\.')
    .replaceAll('*', '[^/]*')
    .replace(/\{([^}]*)\}/g, (_, options) => `(${options.replaceAll(',', '|')})`);
  return new RegExp(`^${parts}$`);
}
