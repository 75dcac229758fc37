import { PROBLEMS, type ProblemCode } from '../http/index.js';

/** A JSON schema of OpenAPI 3.1, or any other part of the document. */
export type Part = Readonly<Record<string, unknown>>;

/** What an operation answers when all is well. */
export interface Answer {
  readonly status?: number;
  readonly description: string;
  /** Absent: it has no body. */
  readonly schema?: Part;
  readonly example?: unknown;
  readonly mediaType?: string;
  readonly headers?: Part;
}

export interface Operation {
  /** Stable: clients are generated with it. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Part[];
  readonly body?: { readonly schema: Part; readonly example: unknown };
  readonly answers: readonly Answer[];
  readonly problems?: readonly ProblemCode[];
  /** It wants an admin key. */
  readonly admin?: boolean;
  readonly deprecated?: boolean;
}

/** Any request may be malformed, too large, or meet a database that is out of reach. */
const ALWAYS: readonly ProblemCode[] = ['INVALID_REQUEST', 'INTERNAL_ERROR'];

export function operation(of: Operation): Part {
  const problems: ProblemCode[] = [...(of.problems ?? []), ...ALWAYS, ...(of.admin ? ADMIN : [])];
  return {
    operationId: of.id,
    tags: [of.tag],
    summary: of.summary,
    ...(of.description !== undefined && { description: of.description }),
    ...(of.deprecated && { deprecated: true }),
    ...(of.parameters && { parameters: of.parameters }),
    ...(of.body && {
      requestBody: { content: { 'application/json': { schema: of.body.schema, example: of.body.example } } },
    }),
    responses: { ...Object.fromEntries(of.answers.map(answerOf)), ...problemAnswers(problems) },
    ...(of.admin && { security: [{ adminKey: [] }] }),
  };
}

const ADMIN: readonly ProblemCode[] = ['UNAUTHORIZED', 'FORBIDDEN', 'DATABASE_UNAVAILABLE'];

function answerOf({ status = 200, description, schema, example, mediaType = 'application/json', headers }: Answer) {
  const content = schema && { content: { [mediaType]: { schema, ...(example !== undefined && { example }) } } };
  return [String(status), { description, ...(headers && { headers }), ...content }] as const;
}

/** By status, with an example for each code that it may have. */
function problemAnswers(codes: readonly ProblemCode[]): Record<string, Part> {
  const byStatus = new Map<number, Set<ProblemCode>>();
  for (const code of codes) {
    const [status] = PROBLEMS[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  return Object.fromEntries(
    [...byStatus].map(([status, found]) => [String(status), problemAnswer(status, [...found])]),
  );
}

function problemAnswer(status: number, codes: readonly ProblemCode[]): Part {
  const examples = codes.map((code) => {
    const [, title] = PROBLEMS[code];
    return [code, { summary: title, value: { type: 'about:blank', title, status, code, detail: DETAIL } }] as const;
  });
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}`).join('; '),
    ...(status === 503 || status === 429
      ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } }
      : {}),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

const DETAIL = 'One sentence on what was wrong, where, and what to do.';
