import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { placeOf, sourceFiles, walk, type SourceFile } from './source-files.js';

const MOST_LINES = 250;

const files = sourceFiles();

describe('only one place', () => {
  it('reads the environment: config, so that every value is checked once, at the start', () => {
    expect(places(isProcessEnv, /^config\//)).toEqual([]);
  });

  it('asks what time it is: the Clock, so that tests can hold it in their hands', () => {
    expect(places(asksForTheTime, /^(time|sandbox|console\/page)\//)).toEqual([]);
  });

  it('has timers: the SyncService, which also sees to their overlap and their end', () => {
    // The cluster: one that does not end when asked to is killed, one that ends again and again is replaced after a pause.
    // The drain: whatever holds up the end is cut in time.
    // The change feed: a change that waits for an older transaction is read as soon as that ends, of which nothing notifies.
    // Webhooks: a message that was not taken is sent again after a pause.
    // Reads: they wait for a turn of the loop to be read together, and for a free connection. Responses are sent together at its end.
    const allowed =
      /^sync\/sync\.service\.ts$|^cluster\/work|^http\/(drain|malformed|send-together)\.ts$|^sandbox\/|^console\/page\/|^(cli|embedded-postgres)\/|^prisma\/(notifications|read-)|^changes\/retry\.ts$|^time\/time-limit\.ts$|^webhooks\/pause\.ts$/;
    expect(places(isTimer, allowed)).toEqual([]);
  });
});

describe('a source file', () => {
  it(`has at most ${MOST_LINES} lines`, () => {
    const long = sourceFiles({ specs: true }).filter(({ text }) => text.trimEnd().split('\n').length > MOST_LINES);
    expect(
      long.map(({ path }) => `src/${path}: a file that does not fit into a head does more than one thing`),
    ).toEqual([]);
  });

  it('is named after what it holds', () => {
    const nothing = /(^|[/.-])(utils?|helpers?|commons?|managers?|misc|shared)([/.-]|$)/i;
    const named = sourceFiles({ specs: true }).filter(({ path }) => nothing.test(path));
    expect(named.map(({ path }) => `src/${path}: such a name attracts what belongs elsewhere`)).toEqual([]);
  });

  it('says supplier, in identifiers and texts, of whose inventory is mirrored', () => {
    const others = sourceFiles({ specs: true }).filter(({ text }) => /partner/i.test(text));
    expect(others.map(({ path }) => `src/${path}`)).toEqual([]);
  });

  it('has no any: what comes from outside is unknown until it was looked at', () => {
    expect(places((node) => node.kind === ts.SyntaxKind.AnyKeyword, /^$/)).toEqual([]);
  });

  it('does not silence the compiler or the linter', () => {
    const silencing = /@ts-(ignore|nocheck|expect-error)|eslint-disable/;
    expect(files.filter(({ text }) => silencing.test(text)).map(({ path }) => `src/${path}`)).toEqual([]);
  });
});

/** Where such nodes stand outside of the files where they may. */
function places(isSuch: (node: ts.Node, file: SourceFile) => boolean, allowed: RegExp): string[] {
  return files
    .filter(({ path }) => !allowed.test(path))
    .flatMap((file) => {
      const found: string[] = [];
      walk(file.tree, (node) => {
        if (isSuch(node, file)) found.push(`${placeOf(file, node)}: ${node.getText(file.tree).slice(0, 80)}`);
      });
      return found;
    });
}

function isProcessEnv(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.getText() === 'process.env';
  if (ts.isElementAccessExpression(node)) return node.getText() === "process['env']";
  // `const { env } = process` and `import { env } from 'node:process'`
  if (ts.isVariableDeclaration(node))
    return ts.isObjectBindingPattern(node.name) && node.initializer?.getText() === 'process';
  return ts.isImportDeclaration(node) && /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText());
}

function asksForTheTime(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && !node.arguments?.length;
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return true;
  const asking = ['Date.now', 'performance.now', 'process.hrtime', 'process.hrtime.bigint', 'process.uptime'];
  return ts.isPropertyAccessExpression(node) && (asking.includes(node.getText()) || node.getText() === 'Temporal.Now');
}

function isTimer(node: ts.Node): boolean {
  if (ts.isDecorator(node)) return /^@(Interval|Cron|Timeout)\b/.test(node.getText());
  if (ts.isImportDeclaration(node)) return /timers(\/promises)?['"]$/.test(node.moduleSpecifier.getText());
  return (
    ts.isCallExpression(node) && /^(globalThis\.)?set(Timeout|Interval|Immediate)$/.test(node.expression.getText())
  );
}
