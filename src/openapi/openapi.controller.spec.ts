import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { compressedPayload } from '../http/index.js';
import type { Clock } from '../time/index.js';
import { OpenApiController } from './openapi.controller.js';

describe('the OpenAPI text', () => {
  it('is compressed once a day', async () => {
    let now = new Date('2026-03-01T08:00:00Z');
    const controller = new OpenApiController({ now: () => now } as Clock);
    const request = { method: 'GET', headers: { 'accept-encoding': 'br' } } as FastifyRequest;
    const sent: Promise<unknown>[] = [];
    const reply = {
      getHeader: (name: string) => (name === 'content-type' ? 'application/json' : undefined),
      header: () => reply,
      send: (payload: unknown) => sent.push(compressedPayload(request, reply as unknown as FastifyReply, payload)),
    };
    const ask = async () => {
      controller.json(request, reply as unknown as FastifyReply);
      return sent.at(-1);
    };
    const first = await ask();
    expect(Buffer.isBuffer(first)).toBe(true);
    expect(await ask()).toBe(first);
    now = new Date('2026-03-03T08:00:00Z');
    expect(await ask()).not.toBe(first);
  });
});
