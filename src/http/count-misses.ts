import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerSettings } from '../config/index.js';
import { clientAddress } from './client-address.js';
import type { ClientRateLimit } from './client-rate-limit.js';
import { addHeaders } from './problem.filter.js';

/**
 * Counts an answer of a route that the fast path does not know. The headers say where the client stands.
 * @param misses as many cache misses as it costs
 * @throws ApiProblem when the client is over its limit
 */
export async function countMisses(
  limit: ClientRateLimit,
  { trustedProxies }: Pick<ServerSettings, 'trustedProxies'>,
  request: FastifyRequest,
  reply: FastifyReply,
  misses = 1,
): Promise<void> {
  const client = clientAddress(request.raw, trustedProxies);
  const state = await limit.take(client, request.headers.authorization, misses);
  if (state) addHeaders(reply, state.headers);
  if (state?.refusal) throw state.refusal;
}
