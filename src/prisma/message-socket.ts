import { Socket, type SocketConstructorOpts, type TcpSocketConnectOpts } from 'node:net';
import { MessageBuffer } from './message-buffer.js';

/** What the driver passes to `stream`. */
interface ConnectionConfig {
  readonly ssl?: unknown;
}

/**
 * A socket for the driver, which reads into the same memory each time. Node would make a buffer of 64 kB for each read. Encrypted
 * bytes are read by the TLS socket around it.
 */
export function messageSocket({ ssl }: ConnectionConfig = {}): Socket {
  if (ssl) return new Socket();
  const buffer = new MessageBuffer();
  const handOn = (messages: Buffer) => {
    socket.emit('data', messages);
  };
  // `onread` is documented, but the types lack it.
  const options: SocketConstructorOpts & Pick<TcpSocketConnectOpts, 'onread'> = {
    onread: {
      buffer: () => buffer.room(),
      callback: (count) => {
        try {
          buffer.wrote(count, handOn);
          return true;
        } catch (error) {
          socket.destroy(error instanceof Error ? error : new Error(String(error)));
          return false;
        }
      },
    },
  };
  const socket = new Socket(options);
  return socket;
}
