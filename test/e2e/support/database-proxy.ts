import { once } from 'node:events';
import net from 'node:net';

/** In the first message of the connection over which an application hears notifications: its name. */
const LISTENER = 'slotmirror notifications';

/** A network between the application and its database that a test can cut. */
export class DatabaseProxy {
  private readonly server = net.createServer({ allowHalfOpen: true }, (client) => this.connect(client));
  private readonly sockets = new Set<net.Socket>();
  private silent = false;
  private mute = false;
  private port = 0;

  private constructor(private readonly target: URL) {}

  static async before(databaseUrl: string): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(new URL(databaseUrl));
    await proxy.mend();
    return proxy;
  }

  /** Of the database, through the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  /** Connections break, and new ones are refused. */
  async cut(): Promise<void> {
    this.breakConnections();
    if (!this.server.listening) return;
    this.server.close();
    await once(this.server, 'close');
  }

  /** Connections stay, new ones are accepted, and nothing passes: what a lost route looks like. */
  silence(): void {
    this.silent = true;
  }

  /** The same for the connections of the notifications alone. An application notices within five seconds. */
  silenceNotifications(): void {
    this.mute = true;
  }

  /** What was swallowed is lost. */
  hearNotifications(): void {
    this.mute = false;
  }

  /** What was swallowed meanwhile is lost, as after a failover. */
  async mend(): Promise<void> {
    if (this.silent) this.breakConnections();
    this.silent = false;
    if (this.server.listening) return;
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as net.AddressInfo).port;
  }

  breakConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private connect(client: net.Socket): void {
    this.keep(client);
    if (this.silent) return;
    const upstream = net.connect({
      port: Number(this.target.port),
      host: this.target.hostname,
      allowHalfOpen: true,
    });
    this.keep(upstream);
    let listens = false;
    client.once('data', (chunk) => (listens = chunk.includes(LISTENER)));
    const passes = () => !this.silent && !(this.mute && listens);
    this.pass(client, upstream, passes);
    this.pass(upstream, client, passes);
  }

  private pass(from: net.Socket, to: net.Socket, passes: () => boolean): void {
    from.on('data', (chunk) => {
      if (passes()) to.write(chunk);
    });
    // Through a silent network no end passes either.
    from.on('end', () => {
      if (passes()) to.end();
    });
    from.on('close', () => to.destroy());
  }

  private keep(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
  }
}
