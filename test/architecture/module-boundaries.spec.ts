import { describe, expect, it } from '@jest/globals';
import { sourceFiles } from './source-files.js';

/** Exactly which modules each module imports, and why no others. The order is that of the layers. */
const IMPORTS: Readonly<Record<string, { readonly modules: readonly string[]; readonly why: string }>> = {
  config: { modules: [], why: 'everything is configured, so nothing may be needed to configure' },
  'tick-shape.ts': { modules: [], why: 'it must be there before anything else' },
  'first-process.ts': { modules: [], why: 'it listens before anything else is there' },
  schema: {
    modules: [],
    why: 'it is how shapes are declared; the console’s page is compiled with it, without a server',
  },
  time: { modules: [], why: 'dates are arithmetic: they depend on nothing' },
  secrets: { modules: [], why: 'taking secrets out of texts needs the texts and the secrets, and nothing else' },
  'embedded-postgres': { modules: [], why: 'a server without DATABASE_URL needs it before it has anything else' },
  prisma: { modules: ['config', 'embedded-postgres', 'schema', 'time'], why: 'the database is below the features' },
  cluster: { modules: ['config', 'prisma'], why: 'it starts and ends processes; what they serve is not its business' },
  http: { modules: ['config', 'prisma', 'schema', 'secrets', 'time'], why: 'what all routes share knows none of them' },
  audit: {
    modules: ['config', 'http', 'prisma', 'schema', 'time'],
    why: 'who did what is written down by whoever does it, in the same transaction',
  },
  inventory: {
    modules: ['prisma', 'schema', 'time'],
    why: 'the mirror is pure storage: who fills it and who reads it is not its business',
  },
  experience: {
    modules: ['audit', 'config', 'http', 'inventory', 'prisma', 'schema', 'time'],
    why: 'reads must go on whatever the sync does, so they know nothing of it and of suppliers',
  },
  changes: {
    modules: ['config', 'http', 'inventory', 'prisma', 'schema', 'time'],
    why: 'it reads what inventory appends, whoever records and whoever follows',
  },
  supplier: {
    modules: ['config', 'inventory', 'secrets', 'time'],
    why: 'a supplier’s API is exchanged without touching anything else',
  },
  sync: {
    modules: ['audit', 'config', 'http', 'prisma', 'schema', 'time', 'inventory', 'experience', 'supplier', 'webhooks'],
    why: 'it drives the others; none of them may know it',
  },
  webhooks: {
    modules: ['audit', 'changes', 'config', 'http', 'prisma', 'schema', 'time'],
    why: 'a webhook is a reader of the change feed, and knows no more than it',
  },
  octo: {
    modules: ['config', 'experience', 'http', 'inventory', 'time', 'webhooks'],
    why: 'it is another language for the same reads and webhooks: nothing depends on it, and it knows no more than they do',
  },
  health: {
    modules: ['http', 'prisma', 'schema'],
    why: 'it reports on everything but the pages made for people',
  },
  sandbox: {
    modules: [],
    why: 'a supplier that shared our date arithmetic would repeat our mistakes, and tests would not see them',
  },
  metrics: {
    modules: ['changes', 'cluster', 'http', 'inventory', 'octo', 'prisma', 'supplier', 'sync', 'time', 'webhooks'],
    why: 'it counts what the others do, and none of them may know that it is counted',
  },
  openapi: {
    modules: ['audit', 'changes', 'experience', 'health', 'http', 'schema', 'sync', 'time', 'webhooks'],
    why: 'it describes what the API’s modules declare, and nothing behind it',
  },
  console: {
    modules: ['audit', 'changes', 'experience', 'http', 'inventory', 'sync', 'webhooks'],
    why: 'the operator’s page shows what the API returns, and no more',
  },
};

/** These put the program together: they may see everything. Everything else directly in `src` is checked like a module. */
const COMPOSERS = /^(main|start|app\.[\w.]+)\.ts$|^cli\//;

const files = sourceFiles({ specs: true });

describe('the modules', () => {
  it('are all known here, with what they may import', () => {
    const modules = new Set(
      files.filter(({ path }) => !COMPOSERS.test(path)).map(({ module, path }) => module ?? path),
    );
    const unknown = [...modules].filter((module) => !(module in IMPORTS));
    expect(unknown).toEqual([]);
  });

  it('import one another in one direction', () => {
    const layers = Object.keys(IMPORTS);
    const upward = layers.flatMap((module) => {
      const above = reachableFrom(module).filter((other) => reachableFrom(other).includes(module));
      return above.map((other) => `${module} and ${other} would import each other`);
    });
    expect(upward).toEqual([]);
  });
});

describe('a module imports', () => {
  it.each(Object.entries(IMPORTS))('exactly the modules that the table names: %s', (module, { modules, why }) => {
    const own = crossings({ specs: false }).filter((crossing) => crossing.module === module);
    const found = [...new Set(own.map(({ target }) => target || 'a file directly in src'))];
    expect({ why, imports: found.toSorted() }).toEqual({ why, imports: [...modules].toSorted() });
  });

  it('another module only through its index.ts', () => {
    const behind = crossings()
      .filter(({ to, target }) => target !== '' && to !== `${target}/index.ts` && !isShape(to))
      .map(
        ({ from, to, target }) =>
          `src/${from} imports ${to}: what ${target} does not export is free to change; import ${target}/index.js`,
      );
    expect(behind).toEqual([]);
  });

  it('the sync nowhere but where the program is put together', () => {
    const features = files.filter(
      ({ module, path }) =>
        module !== 'sync' &&
        module !== 'console' &&
        module !== 'health' &&
        module !== 'metrics' &&
        module !== 'openapi' &&
        !COMPOSERS.test(path),
    );
    const knowing = features.filter(({ imports }) => imports.some(({ to }) => to.startsWith('sync/')));
    expect(
      knowing.map(({ path }) => `src/${path} imports the sync: what is mirrored is served whether or not it syncs`),
    ).toEqual([]);
  });

  it('the embedded PostgreSQL only when it is used: with DATABASE_URL nothing of it is loaded', () => {
    const loaded = crossings().filter(({ target, typeOnly }) => target === 'embedded-postgres' && !typeOnly);
    expect(loaded.map(({ from, dynamic }) => ({ from, dynamic }))).toEqual([
      { from: 'prisma/database.ts', dynamic: true },
    ]);
  });

  it('itself in no circle: in ESM a class would be used before it exists', () => {
    const importsOf = new Map(
      files.map(({ path, imports }) => [path, imports.filter(({ typeOnly }) => !typeOnly).map(({ to }) => to)]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      if (trail.includes(file) || done.has(file)) return;
      for (const to of importsOf.get(file) ?? []) visit(to, [...trail, file]);
      done.add(file);
    };
    for (const { path } of files) visit(path, []);
    expect(circles).toEqual([]);
  });
});

describe('the declarations of API shapes', () => {
  it('import one another and the schema module alone: the console’s page is compiled with them', () => {
    const others = files
      .filter(({ path }) => isShape(path))
      .flatMap(({ path, imports }) => imports.map(({ to }) => ({ path, to })))
      .filter(({ to }) => !isShape(to) && to !== 'schema/index.ts');
    expect(others.map(({ path, to }) => `src/${path} imports ${to}`)).toEqual([]);
  });

  it('are types to the page: what it runs in the browser is its own', () => {
    const values = files
      .filter(({ path }) => path.startsWith('console/page/'))
      .flatMap(({ path, imports }) => imports.filter(({ typeOnly }) => !typeOnly).map(({ to }) => ({ path, to })))
      .filter(({ to }) => !to.startsWith('console/page/') && !to.startsWith('/'));
    expect(values.map(({ path, to }) => `src/${path} imports ${to}`)).toEqual([]);
  });
});

/** They are the contract, and may be imported where they stand. */
function isShape(path: string): boolean {
  return path.endsWith('.shape.ts');
}

interface Crossing {
  readonly from: string;
  readonly module: string;
  readonly to: string;
  /** The module that is imported; empty: a file directly in `src`. */
  readonly target: string;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

/** Every import that leaves its module; those of the composers only where they reach into a module. */
function crossings({ specs = true } = {}): Crossing[] {
  const some = specs ? files : files.filter(({ path }) => !path.endsWith('.spec.ts'));
  return some.flatMap(({ path, module = '', imports }) =>
    imports
      .filter(({ to }) => !to.startsWith('../')) // tests' own, outside of `src`
      .map((found) => ({ ...found, target: found.to.includes('/') ? (found.to.split('/')[0] ?? '') : '' }))
      .map((found) => ({ ...found, from: path, module }))
      .filter(({ target }) => target !== module),
  );
}

function reachableFrom(module: string): string[] {
  const reached = new Set<string>();
  const add = (name: string) => {
    for (const next of IMPORTS[name]?.modules ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      add(next);
    }
  };
  add(module);
  return [...reached];
}
