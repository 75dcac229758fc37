import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';

/** What an exchange waits for: a connection (with TLS and proxy tunnel), the head of the answer, its body. */
export type Phase = 'connecting' | 'waiting' | 'reading';

export interface Progress {
  readonly phase: Phase;
  /** Bytes of the body as received. */
  readonly bytes: number;
}

/** The progress of an exchange. A repeated request starts again. */
export class ExchangeProgress implements Progress {
  phase: Phase = 'connecting';
  bytes = 0;

  /** The `transport` of axios: the only place that sees each request from its start, also through a proxy tunnel. */
  readonly transport = {
    request: (options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest => {
      const secure = options.protocol === 'https:';
      const request = (secure ? https : http).request(options, onAnswer);
      this.watch(request, secure ? 'secureConnect' : 'connect');
      return request;
    },
  };

  private watch(request: ClientRequest, connected: 'connect' | 'secureConnect'): void {
    this.phase = 'connecting';
    this.bytes = 0;
    request.once('socket', (socket) => {
      if (request.reusedSocket) this.phase = 'waiting';
      else socket.once(connected, () => (this.phase = 'waiting'));
    });
    request.once('response', (answer) => {
      this.phase = 'reading';
      answer.on('data', (chunk: Buffer) => (this.bytes += chunk.length));
    });
  }
}
