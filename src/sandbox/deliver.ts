import type { FastifyReply } from 'fastify';
import type { Answer } from './answer.js';

export function deliver(answer: Answer, reply: FastifyReply): FastifyReply {
  if (answer.delivery === 'whole') {
    return reply.code(answer.status).type(answer.type).send(answer.text);
  }
  // From here on the framework must not finish what is meant to stay unfinished.
  reply.hijack();
  if (answer.delivery === 'reset') reply.raw.socket?.resetAndDestroy();
  if (answer.delivery === 'half') breakOff(answer, reply);
  return reply;
}

function breakOff({ status, type, text }: Answer, { raw }: FastifyReply): void {
  const whole = Buffer.from(text);
  raw.writeHead(status, { 'content-type': type, 'content-length': whole.length });
  raw.write(whole.subarray(0, Math.floor(whole.length / 2)), () => raw.destroy());
}
