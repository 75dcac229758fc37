import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { SERVER_KEY } from '../fixtures/certificates.js';

/** The answer of a PostgreSQL to the wish for TLS: `S` yes, `N` no; else what another kind of server says. */
type Reply = 'S' | 'N' | 'HTTP/1.1 400 Bad Request\r\n\r\n';

/** A PostgreSQL that has TLS as a test says, before the one at `target`. */
export class TlsFront {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(
    private readonly target: URL,
    private readonly cert: string,
    reply: Reply = 'S',
  ) {
    this.server = createServer((socket) => {
      this.hold(socket);
      socket.once('data', () => {
        socket.write(reply);
        if (reply === 'S') this.encrypt(socket);
      });
    });
  }

  /** The URL of the database behind it, with these parameters. */
  async listen(parameters: Readonly<Record<string, string>>): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.href;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private encrypt(socket: Socket): void {
    const secured = new TLSSocket(socket, { isServer: true, key: SERVER_KEY, cert: this.cert });
    const database = connect(Number(this.target.port), this.target.hostname);
    this.hold(secured);
    this.hold(database);
    secured.pipe(database).pipe(secured);
  }

  private hold(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
  }
}
