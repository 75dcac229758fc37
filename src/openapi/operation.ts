import { problem, PROBLEMS, type ProblemCode } from '../http/index.js';
import { refer, type ExampleDay, type Json, type Schema } from '../schema/index.js';
import { HEADERS, type HeaderName, type Parameter } from './parameters.js';
import { requestSchema, type RequestClass } from './request-schema.js';

/** What an operation answers when all is well. */
export interface Answer {
  readonly status?: number;
  readonly description: string;
  /** Absent: it has no body. */
  readonly schema?: Schema<unknown>;
  readonly mediaType?: string;
  readonly headers?: readonly HeaderName[];
}

export interface Operation {
  /** Stable: clients are generated with it. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  /** The class that validates the body. */
  readonly body?: RequestClass;
  readonly answers: readonly Answer[];
  readonly problems?: readonly ProblemCode[];
  /** It needs an admin key. */
  readonly admin?: boolean;
  readonly deprecated?: boolean;
}

export const KNOWN: Answer = {
  status: 304,
  description: 'The client has this content already',
  headers: ['ETag', 'CacheControl'],
};

/** Operations by path and method. */
export type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** The schemas that an operation names. */
export function schemasOf({ body, answers, parameters = [] }: Operation): Schema<unknown>[] {
  return [
    problem,
    ...(body ? [requestSchema(body)] : []),
    ...answers.flatMap(({ schema }) => schema ?? []),
    ...parameters.map(({ schema }) => schema),
  ];
}

/** Any request may be malformed, too large, or meet a database that is out of reach. */
const ALWAYS: readonly ProblemCode[] = ['INVALID_REQUEST', 'INTERNAL_ERROR'];

/** An operation in the terms of OpenAPI. */
export function operationObject(of: Operation, day: ExampleDay): Json {
  const problems: ProblemCode[] = [...(of.problems ?? []), ...ALWAYS, ...(of.admin ? ADMIN : [])];
  return {
    operationId: of.id,
    tags: [of.tag],
    summary: of.summary,
    ...(of.description !== undefined && { description: of.description }),
    ...(of.deprecated && { deprecated: true }),
    ...(of.parameters && { parameters: of.parameters.map((parameter) => parameterObject(parameter, day)) }),
    ...(of.body && { requestBody: { content: { 'application/json': media(requestSchema(of.body), day) } } }),
    responses: {
      ...Object.fromEntries(of.answers.map((answer) => responseObject(answer, day))),
      ...problemAnswers(problems, day),
    },
    ...(of.admin && { security: [{ adminKey: [] }] }),
  };
}

const ADMIN: readonly ProblemCode[] = ['UNAUTHORIZED', 'FORBIDDEN', 'DATABASE_UNAVAILABLE'];

function media(schema: Schema<unknown>, day: ExampleDay): Json {
  const example = schema.example(day);
  return { schema: refer(schema), ...(example !== undefined && { example }) };
}

function parameterObject({ schema, example, ...parameter }: Parameter, day: ExampleDay): Json {
  const { description, ...json } = schema.json;
  return {
    ...parameter,
    ...(parameter.in === 'path' && { required: true }),
    ...(description !== undefined && { description }),
    schema: json,
    ...(example && { example: schema.example(day) }),
  };
}

function responseObject(
  { status = 200, description, schema, mediaType = 'application/json', headers }: Answer,
  day: ExampleDay,
): readonly [string, Json] {
  const references = headers?.map((name) => [HEADERS[name].name, { $ref: `#/components/headers/${name}` }] as const);
  return [
    String(status),
    {
      description,
      ...(references && { headers: Object.fromEntries(references) }),
      ...(schema && { content: { [mediaType]: media(schema, day) } }),
    },
  ];
}

/** By status, with an example for each code that it may have. */
function problemAnswers(codes: readonly ProblemCode[], day: ExampleDay): Record<string, Json> {
  const byStatus = new Map<number, Set<ProblemCode>>();
  for (const code of codes) {
    const [status] = PROBLEMS[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  return Object.fromEntries(
    [...byStatus].map(([status, found]) => [String(status), problemAnswer(status, [...found], day)]),
  );
}

function problemAnswer(status: number, codes: readonly ProblemCode[], day: ExampleDay): Json {
  const examples = codes.map((code) => {
    const [, title] = PROBLEMS[code];
    return [code, { summary: title, value: { ...problem.example(day), title, status, code } }] as const;
  });
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}`).join('; '),
    ...(status === 503 || status === 429
      ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } }
      : {}),
    content: {
      'application/problem+json': {
        schema: refer(problem),
        examples: Object.fromEntries(examples),
      },
    },
  };
}
