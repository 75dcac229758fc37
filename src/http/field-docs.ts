import type { ValidationOptions } from 'class-validator';
import type { ExampleDay, Json } from '../schema/index.js';

/** What the documentation says of a field of a request, beyond what its validators say. */
export interface FieldDocs {
  readonly description: string;
  /** A value, or what gives one for the day on which it is shown. */
  readonly example: unknown;
  readonly json: Json;
}

/** For the options of a field's first validator: `@IsOptional(docs('What it means', 'an example'))`. */
export function docs(
  description: string,
  example: string | number | boolean | null | readonly unknown[] | ((day: ExampleDay) => unknown),
  json: Json = {},
): ValidationOptions {
  return { context: { description, example, json } satisfies FieldDocs };
}
