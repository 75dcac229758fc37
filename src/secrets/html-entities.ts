/**
 * The letters of a key that HTML 5 has names for: all of ASCII's punctuation. Hyphens and the minus are other letters by the
 * standard, but read as the one of ASCII. Source: https://html.spec.whatwg.org/multipage/named-characters.html
 */
const NAMES: Readonly<Record<string, string>> = {
  '!': 'excl',
  '"': 'quot',
  '#': 'num',
  $: 'dollar',
  '%': 'percnt',
  '&': 'amp',
  "'": 'apos',
  '(': 'lpar',
  ')': 'rpar',
  '*': 'ast midast',
  '+': 'plus',
  ',': 'comma',
  '-': 'hyphen dash minus ndash',
  '.': 'period',
  '/': 'sol',
  ':': 'colon',
  ';': 'semi',
  '<': 'lt',
  '=': 'equals',
  '>': 'gt',
  '?': 'quest',
  '@': 'commat',
  '[': 'lsqb lbrack',
  '\\': 'bsol',
  ']': 'rsqb rbrack',
  '^': 'hat',
  _: 'lowbar underbar',
  '`': 'grave diacriticalgrave',
  fj: 'fjlig',
  '{': 'lcub lbrace',
  '|': 'verbar vert verticalline',
  '}': 'rcub rbrace',
};

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([letters, names]) => names.split(' ').map((name) => [name, letters] as const)),
);

/** Matches any of the names, in whatever case. */
export const ENTITY_NAME = [...LETTERS.keys()].join('|');

/** @param name of an entity, for instance `lowbar` */
export function lettersOfEntity(name: string): string {
  return LETTERS.get(name.toLowerCase()) ?? ' ';
}
