import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

/** The way to a server, which can fall silent: nothing arrives any more, and nothing breaks. */
export class SilentWay {
  private readonly sockets = new Set<net.Socket>();
  private silent = false;

  private constructor(private readonly server: net.Server) {}

  static async to(host: string, port: number): Promise<SilentWay> {
    const server = net.createServer();
    const way = new SilentWay(server);
    server.on('connection', (near) => {
      way.join(near, net.connect(port, host));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return way;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  fallSilent(): void {
    this.silent = true;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private join(near: net.Socket, far: net.Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (bytes) => !this.silent && to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => !this.silent && to.destroy());
    }
  }
}
