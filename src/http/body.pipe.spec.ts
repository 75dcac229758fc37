import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { ApiProblem } from './api-problem.js';
import { BodyPipe } from './body.pipe.js';
import { PauseRequest } from './pause-request.js';

describe('BodyPipe', () => {
  const transform = async (value: unknown) => new BodyPipe().transform(value, { type: 'body', metatype: PauseRequest });

  it.each([undefined, null, {}, { reason: null }])('takes %j', async (body) => {
    await expect(transform(body)).resolves.toMatchObject(body ?? {});
  });

  const deep = JSON.parse(`${'{"reason":'.repeat(3_000)}1${'}'.repeat(3_000)}`) as unknown;
  it.each([[[]], ['x'], [0], [true], [deep], [JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`)]])(
    'refuses what is no flat object, however deep (%#)',
    async (body: unknown) => {
      await expect(transform(body)).rejects.toThrow(ApiProblem);
    },
  );
});
