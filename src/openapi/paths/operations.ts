import { liveness, readiness } from '../../health/health.shape.js';
import * as s from '../../schema/index.js';
import type { Paths } from '../operation.js';

const TAG = 'Operations';
const unchanged = { status: 304, description: 'It has not changed' };
const page = [{ description: 'A page', schema: s.text(), mediaType: 'text/html' }, unchanged];
const file = (example: string) => [
  { name: 'name', in: 'path', schema: s.text(undefined, example), example: true } as const,
];
const fileAnswers = [{ description: 'The file', schema: s.text(), mediaType: '*/*' }, unchanged];

/** What platforms and people ask. */
export const OPERATIONS: Paths = {
  '/health/live': {
    get: {
      id: 'isAlive',
      tag: TAG,
      summary: 'Does the process answer?',
      answers: [{ description: 'It does', schema: liveness }],
    },
  },
  '/health/ready': {
    get: {
      id: 'isReady',
      tag: TAG,
      summary: 'Does the database answer, and is it up to date? (The supplier does not count.)',
      answers: [{ description: 'It does', schema: readiness }],
      problems: ['NOT_READY'],
    },
  },
  '/metrics': {
    get: {
      id: 'scrape',
      tag: TAG,
      summary: 'Metrics, in OpenMetrics where asked for by Accept, else in Prometheus’ text format',
      answers: [{ description: 'The metrics', schema: s.text(), mediaType: 'text/plain' }],
    },
  },
  '/test': {
    get: {
      id: 'hello',
      tag: TAG,
      summary: 'The original service’s proof of life',
      answers: [{ description: 'Hello', schema: s.object({ hello: s.oneOf(['world']) }) }],
    },
  },
  '/openapi.json': {
    get: {
      id: 'getOpenApi',
      tag: TAG,
      summary: 'This document',
      answers: [{ description: 'OpenAPI 3.1', schema: s.anyObject() }, unchanged],
    },
  },
  '/docs': { get: { id: 'readDocs', tag: TAG, summary: 'The API to read and to try', answers: page } },
  '/docs/{name}': {
    get: {
      ...{
        id: 'getDocsFile',
        tag: TAG,
        summary: 'A file of that page',
        parameters: file('index.html'),
        answers: fileAnswers,
      },
      problems: ['NOT_FOUND'],
    },
  },
  '/console': { get: { id: 'openConsole', tag: TAG, summary: 'The operator’s page', answers: page } },
  '/console/{name}': {
    get: {
      ...{
        id: 'getConsoleFile',
        tag: TAG,
        summary: 'A file of that page',
        parameters: file('index.html'),
        answers: fileAnswers,
      },
      problems: ['NOT_FOUND'],
    },
  },
  '/console/vendor/{name}': {
    get: {
      ...{
        id: 'getConsoleVendorFile',
        tag: TAG,
        summary: 'A file of a library',
        parameters: file('uplot.css'),
        answers: fileAnswers,
      },
      problems: ['NOT_FOUND'],
    },
  },
};
