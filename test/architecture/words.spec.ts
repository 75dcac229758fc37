import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { sourceFiles, walk, type SourceFile } from './source-files.js';

/** Words that the glossary of README.md replaced, with the word to use. */
const RETIRED: Readonly<Record<string, string>> = {
  partner: 'supplier',
  tempo: 'interval class',
  turns: 'priority, due time',
  verdict: 'comparison',
  doubt: 'stale probability, unconfirmed empty',
  doubtful: 'unconfirmed',
  lesson: 'observation',
  lessons: 'observation',
  news: 'pending observations',
  market: 'rate model',
  wish: 'request',
  wishes: 'request',
  hasten: 'retry now',
  shelve: 'deschedule',
  retire: 'expire',
  pass: 'backfill, sync run',
  passes: 'backfill',
  insight: 'monitoring',
  notice: 'notification',
  notices: 'notification',
  patience: 'backoff',
  throttle: 'AIMD, client rate limit',
  allowance: 'effective rate',
  promised: 'max age',
  believed: 'corrected, trusted',
  unasked: 'never confirmed',
  wanted: 'demand',
  tell: 'warn, log, emit',
};

const files = sourceFiles();

describe('the words of the glossary', () => {
  it('name everything: no identifier has a retired one', () => {
    expect(files.flatMap(retiredIdentifiers)).toEqual([]);
  });

  it('name every file and folder', () => {
    const named = files.filter(({ path }) => retiredIn(path.replace(/\.\w+$/, ''), /[/.-]/).length > 0);
    expect(named.map(({ path }) => `src/${path}`)).toEqual([]);
  });

  it('are what operators and clients read', () => {
    const read = /\b(partner|tempo|verdict|doubtful|lesson|read-through|last call|as promised|than promised)\b/i;
    const texts = files.flatMap((file) => textsOf(file).filter((text) => read.test(text)));
    expect(texts).toEqual([]);
  });
});

function retiredIdentifiers(file: SourceFile): string[] {
  const found = new Set<string>();
  walk(file.tree, (node) => {
    if (!ts.isIdentifier(node)) return;
    for (const word of retiredIn(node.text, /(?=[A-Z])|_/)) {
      found.add(`src/${file.path}: ${node.text} says "${word}"; use ${RETIRED[word] ?? ''}`);
    }
  });
  return [...found];
}

function retiredIn(name: string, between: RegExp): string[] {
  return name
    .split(between)
    .map((word) => word.toLowerCase())
    .filter((word) => Object.hasOwn(RETIRED, word));
}

function textsOf(file: SourceFile): string[] {
  const texts: string[] = [];
  walk(file.tree, (node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text);
    }
  });
  return texts;
}
