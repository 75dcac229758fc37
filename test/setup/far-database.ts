import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the server says takes so long to arrive. Long enough for all that a client sends at once. */
const AWAY_MS = 50;

/** A PostgreSQL behind a slow network. */
export class FarDatabase {
  /** How often a client sent something after it had received something. */
  turns = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly target: URL) {
    this.server = createServer((client) => {
      const database = connect(Number(target.port), target.hostname);
      let received = true;
      client.on('data', (data) => {
        if (received) this.turns += 1;
        received = false;
        database.write(data);
      });
      database.on('data', (data) => {
        setTimeout(() => {
          received = true;
          client.write(data);
        }, AWAY_MS);
      });
      database.on('close', () => client.destroy());
      client.on('close', () => database.destroy());
      for (const socket of [client, database]) this.hold(socket);
    });
  }

  static async before(url: string): Promise<FarDatabase> {
    const far = new FarDatabase(new URL(url));
    await new Promise<void>((resolve) => far.server.listen(0, '127.0.0.1', resolve));
    return far;
  }

  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return url.href;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private hold(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
  }
}
