/** A JSON Schema (2020-12, as in OpenAPI 3.1), or any other part of the document. */
export type Json = Readonly<Record<string, unknown>>;

/** The day on which examples are shown: their dates are never past. */
export interface ExampleDay {
  /** Noon UTC plus so many minutes; ISO 8601. */
  at(minutes: number): string;
  /** So many dates from today; a local date. */
  date(days: number): string;
}

type Example<T> = T | ((day: ExampleDay) => T);

/** A JSON value of the API, declared once: its JSON Schema, its TypeScript type (`TypeOf`) and an example. */
export interface Schema<T> {
  /** Named schemas become components of the document, and others refer to them. */
  readonly name?: string;
  readonly json: Json;
  readonly parts: readonly Schema<unknown>[];
  example(day: ExampleDay): T;
}

export interface ObjectSchema<P extends Properties> extends Schema<ObjectOf<P>> {
  readonly properties: P;
}

export interface OptionalSchema<T> extends Schema<T> {
  readonly optional: true;
}

export type TypeOf<S> = S extends Schema<infer T> ? T : never;

type Properties = Readonly<Record<string, Schema<unknown>>>;
type OptionalNames<P> = { [K in keyof P]: P[K] extends { readonly optional: true } ? K : never }[keyof P];
type Flat<T> = { [K in keyof T]: T[K] };
type ObjectOf<P> = Flat<
  { readonly [K in Exclude<keyof P, OptionalNames<P>>]: TypeOf<P[K]> } & {
    readonly [K in OptionalNames<P>]?: TypeOf<P[K]>;
  }
>;

export const text = value<string>({ type: 'string' }, 'text');
export const flag = value<boolean>({ type: 'boolean' }, false);
export const number = value<number>({ type: 'number' }, 0);
export const integer = value<number>({ type: 'integer' }, 0);
export const count = value<number>({ type: 'integer', minimum: 0 }, 0);
export const share = value<number>({ type: 'number', minimum: 0, maximum: 1 }, 1);
export const experienceId = value<number>({ type: 'integer', minimum: 1, maximum: 2_147_483_647 }, 15);
export const instant = value<string>({ type: 'string', format: 'date-time', description: 'ISO 8601, UTC' }, (day) =>
  day.at(0),
);
export const date = value<string>(
  { type: 'string', format: 'date', description: 'A local date of the experience' },
  (day) => day.date(1),
);
export const localTime = value<string>(
  { type: 'string', pattern: '^\\d{2}:\\d{2}$', description: 'Local time' },
  '09:00',
);
export const anyObject = value<Readonly<Record<string, unknown>>>({ type: 'object' }, {});

/** Of a list that is read page by page. */
export const nextCursor = orNull(text(), 'Send it as `cursor` for what follows; null: this is the last page');

export function oneOf<const V extends readonly string[]>(
  values: V,
  description?: string,
  example: V[number] = values[0] ?? '',
): Schema<V[number]> {
  return value<V[number]>({ type: 'string', enum: values }, example)(description);
}

/** An object whose members are all there, but for optional ones, and no others. */
export function object<P extends Properties>(properties: P, description?: string): ObjectSchema<P> {
  const members = Object.entries(properties);
  return {
    properties,
    json: {
      type: 'object',
      ...(description !== undefined && { description }),
      properties: Object.fromEntries(members.map(([name, schema]) => [name, refer(schema)])),
      required: members.filter(([, schema]) => !('optional' in schema)).map(([name]) => name),
      additionalProperties: false,
    },
    parts: Object.values(properties),
    example: (day) => Object.fromEntries(members.map(([name, schema]) => [name, schema.example(day)])) as ObjectOf<P>,
  };
}

/** @param example one element, unless said otherwise */
export function list<T>(of: Schema<T>, description?: string, example?: Example<readonly T[]>): Schema<readonly T[]> {
  return {
    json: { type: 'array', ...(description !== undefined && { description }), items: refer(of) },
    parts: [of],
    example: (day) => (example === undefined ? [of.example(day)] : at(day, example)),
  };
}

/** @param description says what null means. @param example null, unless said otherwise; `of.example` is another */
export function orNull<T>(of: Schema<T>, description?: string, example: Example<T | null> = null): Schema<T | null> {
  const about = description === undefined ? {} : { description };
  const { type, enum: values } = of.json as { readonly type?: unknown; readonly enum?: readonly unknown[] };
  const json =
    of.name === undefined
      ? { ...of.json, type: [type, 'null'], ...(values && { enum: [...values, null] }), ...about }
      : { anyOf: [refer(of), { type: 'null' }], ...about };
  return { json, parts: [of], example: (day) => at(day, example) };
}

export function optional<T>(of: Schema<T>): OptionalSchema<T> {
  return { ...of, optional: true };
}

/** More members may come, whatever they are. */
export function open<T>(of: Schema<T>): Schema<T & Readonly<Record<string, unknown>>> {
  const example = (day: ExampleDay) => of.example(day) as T & Readonly<Record<string, unknown>>;
  return { ...of, json: { ...of.json, additionalProperties: true }, example };
}

export function named<S extends Schema<unknown>>(name: string, schema: S): S {
  return { ...schema, name };
}

/** The schema where it is used: by its name if it has one. */
export function refer({ name, json }: Schema<unknown>): Json {
  return name === undefined ? json : { $ref: `#/components/schemas/${name}` };
}

/** Makes a kind of value: each use adds what it means, and an example that fits it better than the usual one. */
export function value<T>(json: Json, usual: Example<T>): (description?: string, example?: Example<T>) => Schema<T> {
  return (description, example = usual) => ({
    json: { ...json, ...(description !== undefined && { description }) },
    parts: [],
    example: (day) => at(day, example),
  });
}

function at<T>(day: ExampleDay, example: Example<T>): T {
  return typeof example === 'function' ? (example as (day: ExampleDay) => T)(day) : example;
}
