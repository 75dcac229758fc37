import { maxLength } from 'class-validator';
import type { ConfiguredExperience } from './supplier-settings.js';
import { LARGEST_ID, parseTimeZone } from './values.js';

/** The experiences of a supplier, and everything that is wrong with them. */
export interface ReadExperiences {
  readonly experiences: readonly ConfiguredExperience[];
  readonly problems: readonly string[];
}

/** As long as the API takes names of products and options (`ExperienceRequest`). */
const LONGEST_NAME = 200;

/**
 * Reads the `experiences` of a supplier: what the API would refuse is refused here too.
 * @param timeZone of those that name none
 */
export function readExperiences(list: unknown, timeZone: string | null): ReadExperiences {
  if (!Array.isArray(list)) {
    const problem = 'is not a list; write ids like [14, 15], or {"id": 20, "product": "…", "option": "…"}';
    return { experiences: [], problems: [problem] };
  }
  const read = list.map((each: unknown) => experienceOf(each, timeZone));
  const experiences = read.filter((each) => typeof each !== 'string');
  const problems = read.filter((each) => typeof each === 'string');
  return { experiences, problems: [...problems, ...sameProducts(experiences)] };
}

/** @returns what is wrong where it is none */
function experienceOf(each: unknown, usualZone: string | null): ConfiguredExperience | string {
  const {
    id,
    product = id,
    option = null,
    timeZone = usualZone,
  }: Readonly<Record<string, unknown>> = typeof each === 'object' && each !== null ? { ...each } : { id: each };
  const isId = typeof id === 'number' && Number.isInteger(id) && id >= 1 && id <= LARGEST_ID;
  const isNamed = ['string', 'number'].includes(typeof product) && (option === null || typeof option === 'string');
  if (!isId || !isNamed || !isZone(timeZone)) {
    return `${JSON.stringify(each)} is not an experience; write 14 or {"id": 20, "product": "…"}`;
  }
  const experience = { id, product: String(product), option, timeZone };
  if (!isName(experience.product)) return `the product of ${id} ${WRONG_NAME}; without one it is "${id}"`;
  if (experience.option !== null && !isName(experience.option)) {
    return `the option of ${id} ${WRONG_NAME}; leave it out where the product has no options`;
  }
  return experience;
}

const WRONG_NAME = `is empty, longer than ${LONGEST_NAME} characters or contains NUL`;

function isName(text: string): boolean {
  return text !== '' && maxLength(text, LONGEST_NAME) && !text.includes('\0');
}

function isZone(value: unknown): value is string | null {
  if (value === null) return true;
  try {
    return typeof value === 'string' && parseTimeZone(value) !== '';
  } catch {
    return false;
  }
}

/** A product with its option is mirrored by one experience: of two, the catalogue would take the first and say nothing. */
function sameProducts(experiences: readonly ConfiguredExperience[]): string[] {
  const firsts = new Map<string, number>();
  return experiences.flatMap(({ id, product, option }) => {
    const key = JSON.stringify([product, option]);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, id);
    // That an id is listed twice is told by itself.
    if (first === undefined || first === id) return [];
    const what = `the product "${product}"${option === null ? '' : ` with the option "${option}"`}`;
    return [`${first} and ${id} both mirror ${what}; leave one of them out, or give it another product or option`];
  });
}
