import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { Answer, TimedAnswer } from './answer.js';

export async function deliver(timed: TimedAnswer, reply: FastifyReply, stopped: AbortSignal): Promise<FastifyReply> {
  const { waitMs, answer } = timed;
  if (waitMs > 0) await pause(waitMs, undefined, { signal: stopped }).catch(() => undefined);
  // A supplier that stops while somebody waits closes the connection; it does not answer early.
  return stopped.aborted ? reply.hijack() : deliverNow(answer, reply);
}

function deliverNow(answer: Answer, reply: FastifyReply): FastifyReply {
  const { status, type, text, headers = {} } = answer;
  if (status === 204) return reply.code(status).headers(headers).send();
  if (answer.delivery === 'whole') return reply.code(status).headers(headers).type(type).send(text);
  // From here on the framework must not finish what is meant to stay unfinished.
  reply.hijack();
  if (answer.delivery === 'reset') reply.raw.socket?.resetAndDestroy();
  if (answer.delivery === 'half') breakOff(answer, reply);
  return reply;
}

function breakOff({ status, type, text, headers }: Answer, { raw }: FastifyReply): void {
  const whole = Buffer.from(text);
  raw.writeHead(status, { ...headers, 'content-type': type, 'content-length': whole.length });
  raw.write(whole.subarray(0, Math.floor(whole.length / 2)), () => raw.destroy());
}
