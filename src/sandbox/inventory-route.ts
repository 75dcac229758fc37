import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { deliver } from './deliver.js';
import type { InventoryAnswers } from './inventory-answers.js';

/** The one route of the supplier's API. */
export function addInventoryRoute(app: FastifyInstance, answers: InventoryAnswers, stopped: AbortSignal): void {
  app.get<{ Params: { id: string }; Querystring: { date?: unknown } }>(
    '/api/v1/inventory/:id',
    async (request, reply) => {
      const { params, query, headers } = request;
      const { waitMs, answer } = answers.answer({ id: params.id, date: query.date, key: headers['x-api-key'] });
      if (waitMs > 0) await pause(waitMs, undefined, { signal: stopped }).catch(() => undefined);
      // A supplier that stops while somebody waits closes the connection; it does not answer early.
      return stopped.aborted ? reply.hijack() : deliver(answer, reply);
    },
  );
}
