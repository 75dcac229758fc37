import { once } from 'node:events';
import net from 'node:net';
import { until } from '../setup/until.js';

/** A connection of a client that sends what it likes, and reads when it likes. */
export class RawClient {
  received = '';
  /** The server ended the connection, in whichever way. */
  readonly closed: Promise<void>;

  private constructor(private readonly socket: net.Socket) {
    socket.setEncoding('utf8').on('data', (text: string) => (this.received += text));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static async connect(url: string): Promise<RawClient> {
    const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  send(text: string): void {
    this.socket.write(text);
  }

  get(path: string, headers = ''): void {
    this.send(`GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);
  }

  /** It takes nothing more: what it asked for waits on the server. */
  stopReading(): void {
    this.socket.pause();
  }

  readOn(): void {
    this.socket.resume();
  }

  async answered(head: RegExp): Promise<void> {
    await until(`${String(head)} is answered`, () => Promise.resolve(head.test(this.received)));
  }

  destroy(): void {
    this.socket.destroy();
  }
}
