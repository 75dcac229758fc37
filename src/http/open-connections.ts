import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The connections of a server, and what was last asked over each. Node's own `closeIdleConnections` takes one that never
 * sent a whole request for a busy one, and waits for it without an end; and one whose answer is still on its way for an
 * idle one, and breaks it off.
 */
export class OpenConnections {
  private readonly last = new Map<Socket, ServerResponse | null>();
  private lettingGo = false;
  private closed = false;

  add(socket: Socket): void {
    if (this.closed) {
      socket.destroy();
      return;
    }
    this.last.set(socket, null);
    socket.once('close', () => this.last.delete(socket));
  }

  /** A request's head has come. */
  asked(socket: Socket, response: ServerResponse): void {
    if (this.lettingGo) response.shouldKeepAlive = false;
    if (this.last.has(socket)) this.last.set(socket, response);
  }

  /** From now on each answer says that it is the last of its connection. */
  letGo(): void {
    this.lettingGo = true;
    for (const response of this.last.values()) if (response && !response.headersSent) response.shouldKeepAlive = false;
  }

  /** Ends what has asked nothing, or nothing whole. What has is answered, and then its connection ends. */
  cut(): void {
    if (this.closed) return;
    this.letGo();
    this.closed = true;
    for (const [socket, response] of this.last) {
      if (response === null || isOver(response) || isHalfReceived(response)) socket.destroy();
      else endAfter(response, socket);
    }
  }

  /** Ends all of them, whatever they wait for. @returns how many there were */
  cutAll(): number {
    this.cut();
    const { size } = this.last;
    for (const socket of this.last.keys()) socket.destroy();
    return size;
  }
}

function isOver(response: ServerResponse): boolean {
  return response.writableFinished || response.destroyed;
}

/** One without a socket waits behind another one of its connection, which is whole. */
function isHalfReceived(response: ServerResponse): boolean {
  return !response.req.complete && response.socket !== null;
}

/** Our answers are written in one piece: one that has begun and not ended is a stream, and has no end of its own. */
function endAfter(response: ServerResponse, socket: Socket): void {
  response.once('finish', () => {
    socket.destroySoon();
  });
  if (response.headersSent && !response.writableEnded) response.end();
}
