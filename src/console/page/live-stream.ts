/** The server says something at least every 15 seconds. */
const SILENCE_MS = 40_000;

export interface StreamListener {
  /** The server has answered: what happens from now on is heard. */
  connected(): void;
  heard(event: string, data: unknown): void;
}

/**
 * Follows the server's events until it ends them. An EventSource could not send the key.
 * @throws whatever broke the stream; AbortError once `ended` is aborted, or the server fell silent
 */
export async function followEvents(key: string, ended: AbortSignal, listener: StreamListener): Promise<void> {
  const silence = new AbortController();
  const answer = await fetch('/api/v1/sync/events', {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.any([ended, silence.signal]),
    cache: 'no-store',
  });
  if (!answer.ok || !answer.body) throw new Error(`answered ${answer.status}`);
  listener.connected();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = '';
  for (;;) {
    const timer = setTimeout(() => silence.abort(), SILENCE_MS);
    const { done, value } = await reader.read().finally(() => clearTimeout(timer));
    if (done) return;
    const blocks = (waiting + value).split('\n\n');
    waiting = blocks.pop() ?? '';
    blocks.forEach((block) => take(block, listener));
  }
}

function take(block: string, listener: StreamListener): void {
  const event = /^event: (.*)$/m.exec(block)?.[1];
  const data = /^data: (.*)$/m.exec(block)?.[1];
  if (event !== undefined && data !== undefined) listener.heard(event, JSON.parse(data));
}
