import http from 'node:http';

export interface StreamedEvent {
  readonly event: string;
  readonly data: unknown;
}

/** A reader of server-sent events over a connection of its own. */
export class EventStream {
  readonly events: StreamedEvent[] = [];
  comments = 0;
  ended = false;
  status = 0;
  private waiting = '';

  private constructor(private readonly request: http.ClientRequest) {}

  static open(url: string, headers: Record<string, string>): Promise<EventStream> {
    return new Promise((resolve, reject) => {
      const request = http.get(url, { headers, agent: false });
      const stream = new EventStream(request);
      request.on('error', reject);
      request.on('response', (response) => {
        stream.status = response.statusCode ?? 0;
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          stream.take(text);
        });
        response.on('close', () => (stream.ended = true));
        response.on('error', () => undefined);
        resolve(stream);
      });
    });
  }

  of(event: string): unknown[] {
    return this.events.filter((streamed) => streamed.event === event).map(({ data }) => data);
  }

  close(): void {
    this.request.destroy();
  }

  private take(text: string): void {
    const blocks = (this.waiting + text).split('\n\n');
    this.waiting = blocks.pop() ?? '';
    for (const block of blocks) {
      const { event, data } = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s))) as Record<
        string,
        string
      >;
      if (block.startsWith(':')) this.comments++;
      if (event !== undefined && data !== undefined) this.events.push({ event, data: JSON.parse(data) });
    }
  }
}
