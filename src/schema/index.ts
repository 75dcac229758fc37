export * from './schema.js';
export { exampleDay } from './example-day.js';
