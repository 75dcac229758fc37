import { getMetadataStorage } from 'class-validator';
import type { FieldDocs } from '../http/index.js';
import { named, object, optional, orNull, value, type Json, type Schema } from '../schema/index.js';

export type RequestClass = abstract new () => object;
type Rule = ReturnType<typeof rulesOf>[number];

/** What validators say in JSON Schema, by their names. Others say what JSON Schema cannot. */
const MEANING: Readonly<Record<string, (limit: unknown) => Json>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isIn: (values) => ({ type: 'string', enum: values }),
  isArray: () => ({ type: 'array' }),
  min: (minimum) => ({ minimum }),
  max: (maximum) => ({ maximum }),
  maxLength: (maxLength) => ({ maxLength }),
  arrayUnique: () => ({ uniqueItems: true }),
  arrayMaxSize: (maxItems) => ({ maxItems }),
  matches: (pattern) => ({ type: 'string', pattern: (pattern as RegExp).source }),
};

/** A body as its class validates it. */
export function requestSchema(request: RequestClass): Schema<unknown> {
  const rules = rulesOf(request);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  const fields = names.map((name) => [name, fieldOf(rules.filter((rule) => rule.propertyName === name))] as const);
  return named(request.name, object(Object.fromEntries(fields)));
}

function rulesOf(request: RequestClass) {
  return getMetadataStorage().getTargetValidationMetadatas(request, '', false, false);
}

function fieldOf(rules: readonly Rule[]): Schema<unknown> {
  const { description, example, json } =
    rules.flatMap(({ context }) => (context as FieldDocs | undefined) ?? [])[0] ?? {};
  const [ofEach, ofAll] = [rules.filter(({ each }) => each), rules.filter(({ each }) => !each)];
  const field = { ...meaningOf(ofAll), ...(ofEach.length > 0 && { items: meaningOf(ofEach) }), ...json };
  const isOptional = rules.some(({ name }) => name === 'isOptional');
  // class-validator takes null where it takes nothing.
  if (isOptional) return optional(orNull<unknown>(value<unknown>(field, null)(), description, example));
  return value(field, example)(description);
}

function meaningOf(rules: readonly Rule[]): Json {
  return Object.fromEntries(
    rules.flatMap(({ name, constraints }) =>
      Object.entries(MEANING[name ?? '']?.((constraints as unknown[] | undefined)?.[0]) ?? {}),
    ),
  );
}
