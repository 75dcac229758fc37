import type { Part } from './operation.js';

export const ref = (name: string): Part => ({ $ref: `#/components/schemas/${name}` });

/** An object whose members are all there, and no others. */
export function record(properties: Readonly<Record<string, Part>>, description?: string): Part {
  const about = description === undefined ? {} : { description };
  return { type: 'object', ...about, properties, required: Object.keys(properties), additionalProperties: false };
}

export const list = (items: Part): Part => ({ type: 'array', items });
export const orNull = (schema: Part): Part =>
  '$ref' in schema ? { anyOf: [schema, { type: 'null' }] } : { ...schema, type: [schema['type'], 'null'] };

export const text: Part = { type: 'string' };
export const flag: Part = { type: 'boolean' };
export const number: Part = { type: 'number' };
export const count: Part = { type: 'integer', minimum: 0 };
export const instant: Part = { type: 'string', format: 'date-time', description: 'ISO 8601, UTC' };
export const date: Part = { type: 'string', format: 'date', description: 'A local date of the experience' };
export const localTime: Part = { type: 'string', pattern: '^\\d{2}:\\d{2}$', description: 'Local time' };
export const id: Part = { type: 'integer', minimum: 1, maximum: 2_147_483_647 };
export const cursor = orNull({
  type: 'string',
  description: 'Send it as `cursor` for what follows; null: there is no more',
});
