import { operation, type Part } from '../operation.js';
import { record, text } from '../schema-parts.js';

const TAG = 'Operations';
const unchanged = { status: 304, description: 'It has not changed' };
const page = [{ description: 'A page', schema: text, mediaType: 'text/html' }, unchanged];
const file = { name: 'name', in: 'path', required: true, schema: text, example: 'style.css' };
const fileAnswers = [{ description: 'The file', schema: text, mediaType: '*/*' }, unchanged];

/** What platforms and people ask. */
export const OPERATIONS: Part = {
  '/health/live': {
    get: operation({
      id: 'isAlive',
      tag: TAG,
      summary: 'Does the process answer?',
      answers: [{ description: 'It does', schema: record({ status: { const: 'ok' } }), example: { status: 'ok' } }],
    }),
  },
  '/health/ready': {
    get: operation({
      id: 'isReady',
      tag: TAG,
      summary: 'Does the database answer, and is it up to date? (The supplier does not count.)',
      answers: [{ description: 'It does', schema: { type: 'object' }, example: { status: 'ok' } }],
      problems: ['NOT_READY'],
    }),
  },
  '/metrics': {
    get: operation({
      id: 'scrape',
      tag: TAG,
      summary: 'Metrics, in OpenMetrics where asked for by Accept, else in Prometheus’ text format',
      answers: [{ description: 'The metrics', schema: text, mediaType: 'text/plain' }],
    }),
  },
  '/test': {
    get: operation({
      id: 'hello',
      tag: TAG,
      summary: 'The original service’s proof of life',
      answers: [{ description: 'Hello', schema: record({ hello: { const: 'world' } }), example: { hello: 'world' } }],
    }),
  },
  '/openapi.json': {
    get: operation({
      id: 'getOpenApi',
      tag: TAG,
      summary: 'This document',
      answers: [{ description: 'OpenAPI 3.1', schema: { type: 'object' } }, unchanged],
    }),
  },
  '/docs': { get: operation({ id: 'readDocs', tag: TAG, summary: 'The API to read and to try', answers: page }) },
  '/docs/{name}': {
    get: operation({
      ...{ id: 'getDocsFile', tag: TAG, summary: 'A file of that page', parameters: [file], answers: fileAnswers },
      problems: ['NOT_FOUND'],
    }),
  },
  '/console': { get: operation({ id: 'openConsole', tag: TAG, summary: 'The operator’s page', answers: page }) },
  '/console/{name}': {
    get: operation({
      ...{ id: 'getConsoleFile', tag: TAG, summary: 'A file of that page', parameters: [file], answers: fileAnswers },
      problems: ['NOT_FOUND'],
    }),
  },
  '/console/vendor/{name}': {
    get: operation({
      ...{
        id: 'getConsoleVendorFile',
        tag: TAG,
        summary: 'A file of a library',
        parameters: [file],
        answers: fileAnswers,
      },
      problems: ['NOT_FOUND'],
    }),
  },
};
