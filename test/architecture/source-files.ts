import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../src/', import.meta.url));

/** Something that a file imports of ours. */
export interface LocalImport {
  /** Path below `src`. */
  readonly to: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
  /** `import()`: loaded when that line runs. */
  readonly dynamic: boolean;
}

export interface SourceFile {
  /** Path below `src`. */
  readonly path: string;
  /** The first folder of the path; a file directly in `src` belongs to none. */
  readonly module: string | undefined;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly LocalImport[];
}

/** Every TypeScript file of `src` that we wrote; without specs, unless they are asked for. */
export function sourceFiles({ specs = false } = {}): SourceFile[] {
  return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.ts') && !name.startsWith('prisma/generated/'))
    .filter((name) => specs || !name.endsWith('.spec.ts'))
    .toSorted()
    .map((name) => parse(name, readFileSync(path.join(ROOT, name), 'utf8')));
}

export function parse(name: string, text: string): SourceFile {
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const folders = name.split('/');
  return {
    path: name,
    module: folders.length > 1 ? folders[0] : undefined,
    text,
    tree,
    imports: importsOf(name, tree),
  };
}

/** Calls `visit` for every node of the tree. */
export function walk(tree: ts.Node, visit: (node: ts.Node) => void): void {
  visit(tree);
  tree.forEachChild((child) => {
    walk(child, visit);
  });
}

/** Where a node stands, for a message. */
export function placeOf(file: SourceFile, node: ts.Node): string {
  const { line } = file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree));
  return `src/${file.path}:${line + 1}`;
}

function importsOf(name: string, tree: ts.SourceFile): LocalImport[] {
  const imports: LocalImport[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, dynamic = false) => {
    if (!specifier || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith('.')) return;
    const to = path.posix.join(path.posix.dirname(name), specifier.text).replace(/\.js$/, '.ts');
    imports.push({ to, typeOnly, dynamic });
  };
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly || allTypes(node.exportClause));
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false, true);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
  });
  return imports;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  return clause.phaseModifier === ts.SyntaxKind.TypeKeyword || (!clause.name && allTypes(clause.namedBindings));
}

function allTypes(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (!bindings || !(ts.isNamedImports(bindings) || ts.isNamedExports(bindings))) return false;
  return bindings.elements.every((element) => element.isTypeOnly);
}
