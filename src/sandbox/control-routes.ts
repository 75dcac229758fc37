import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isDate } from './calendar.js';
import { faultFrom } from './fault-body.js';
import type { Faults } from './faults.js';
import type { MovingTruth } from './moving-truth.js';
import type { OctoApi } from './octo/octo-api.js';
import { productId } from './product-id.js';
import { RequestError } from './request-error.js';
import type { RequestLog } from './request-log.js';

export interface Controlled {
  truth: MovingTruth;
  faults: Faults;
  log: RequestLog;
  octo: OctoApi;
}

/** What the supplier's API has not: looking behind the answers, and changing them. No key, no limit. */
export function addControlRoutes(app: FastifyInstance, { truth, faults, log, octo }: Controlled): void {
  app.get('/sandbox/experiences', () => truth.products().map(({ id, name }) => ({ id, name })));
  addTruthRoutes(app, truth);
  addOctoTruthRoute(app, octo);
  addFaultRoutes(app, faults);
  app.get('/sandbox/requests', () => log.list());
  app.delete('/sandbox/requests', (_request, reply) => {
    log.clear();
    return reply.code(204).send();
  });
}

function addTruthRoutes(app: FastifyInstance, truth: MovingTruth): void {
  app.get('/sandbox/truth/:id', (request, reply) => {
    const { id, date } = dayOf(request, truth);
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(truth.at(id, date)));
  });
  app.put('/sandbox/truth/:id/:date', (request, reply) => {
    const { id, date } = dayOf(request, truth);
    if (request.body === undefined) throw new RequestError(400, 'The body must be JSON: what to answer for that day');
    truth.set(id, date, request.body);
    return reply.code(204).send();
  });
  app.delete('/sandbox/truth/:id/:date', (request, reply) => {
    const { id, date } = dayOf(request, truth);
    truth.set(id, date, undefined);
    return reply.code(204).send();
  });
}

function addOctoTruthRoute(app: FastifyInstance, octo: OctoApi): void {
  app.get<{ Params: { id: string; option: string; date: string } }>('/sandbox/octo/:id/:option/:date', ({ params }) => {
    const { id, option, date } = params;
    if (!isDate(date)) throw new RequestError(400, 'date must be a date YYYY-MM-DD');
    const slots = octo.slots(id, option, date);
    if (slots === undefined) throw new RequestError(404, `No product ${id} with an option ${option}`);
    return slots;
  });
}

function addFaultRoutes(app: FastifyInstance, faults: Faults): void {
  app.get('/sandbox/faults', () => faults.list());
  app.post('/sandbox/faults', (request, reply) => {
    const fault = faultFrom(request.body);
    faults.add(fault);
    return reply.code(201).send(fault);
  });
  app.delete('/sandbox/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
}

function dayOf(request: FastifyRequest, truth: MovingTruth): { id: number; date: string } {
  const { id, date } = { ...(request.query as object), ...(request.params as object) } as {
    id: string;
    date?: unknown;
  };
  const known = productId(id);
  if (known === undefined || !truth.knows(known)) throw new RequestError(404, `No product ${id}`);
  if (typeof date !== 'string' || !isDate(date)) throw new RequestError(400, 'date must be a date YYYY-MM-DD');
  return { id: known, date };
}
