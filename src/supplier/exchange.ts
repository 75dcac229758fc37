import type { HttpService } from '@nestjs/axios';
import { isAxiosError, type AxiosResponse } from 'axios';
import type { IncomingMessage } from 'node:http';
import type { SupplierSettings } from '../config/index.js';
import { secretMask, type Mask } from '../secrets/index.js';
import { bodyText } from './body-text.js';
import { brokenExchange } from './broken-exchange.js';
import { ExchangeProgress } from './broken-exchange-progress.js';
import { Connections, type Agents } from './connections.js';
import type { HeaderReader } from './quota.js';
import type { ReceivedAnswer } from './seen-answer.js';
import { ACCEPTED_CODINGS, MOST_BYTES } from './unpack.js';

/** A request to a supplier. */
export interface SupplierRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Appended to the root of the API; begins with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** What ends an exchange, and what observes its progress. */
interface Watched extends Pick<ExchangeProgress, 'transport'> {
  readonly signal: AbortSignal;
}

/** Requests to one supplier and their answers, whatever they mean. */
export class Exchange {
  readonly mask: Mask;
  private readonly connections: Connections;

  /** @param onRepeat called before a request is sent a second time */
  constructor(
    private readonly http: HttpService,
    private readonly settings: SupplierSettings,
    private readonly onRepeat: () => void,
  ) {
    this.mask = maskOf(settings);
    this.connections = new Connections(settings.timeoutMs);
  }

  /**
   * @param timeoutMs the limit of this request, if less than that of the supplier is left for it
   * @throws SupplierFailure if not even the head of an answer came
   */
  async send(request: SupplierRequest, timeoutMs = this.settings.timeoutMs): Promise<ReceivedAnswer> {
    // The signal limits the whole exchange. The timeout of axios only limits the silence of the socket.
    const signal = AbortSignal.timeout(timeoutMs);
    const progress = new ExchangeProgress();
    try {
      const response = await this.sendOrRepeat(request, { signal, transport: progress.transport });
      const header = readerOf(response);
      return { status: response.status, header, body: bodyText(response.data, header, this.mask) };
    } catch (error) {
      const { url, proxy } = this.settings;
      const exchange = { timedOut: signal.aborted, timeoutMs, progress, url, proxy, mask: this.mask };
      const failure = brokenExchange(error, exchange);
      if (!isAxiosError(error) || !error.response) throw failure;
      return { status: error.response.status, header: readerOf(error.response), body: failure };
    }
  }

  /** Repeats the request once if a kept connection turned out to be closed, because the supplier has probably not seen it. */
  private async sendOrRepeat(request: SupplierRequest, watched: Watched): Promise<AxiosResponse<Buffer>> {
    try {
      return await this.sendOnce(request, watched, this.connections.kept);
    } catch (error) {
      if (watched.signal.aborted || !this.connections.wasStale(error)) throw error;
      this.onRepeat();
      return await this.sendOnce(request, watched, this.connections.fresh);
    }
  }

  private sendOnce(request: SupplierRequest, watched: Watched, agents: Agents): Promise<AxiosResponse<Buffer>> {
    const { method, path, query, headers, body } = request;
    // Not as an observable, whose end would make and drop an error each time.
    return this.http.axiosRef.request<Buffer, AxiosResponse<Buffer>>({
      ...agents,
      ...watched,
      method,
      url: `${this.settings.url}${path}`,
      ...(query && { params: query }),
      ...(body !== undefined && { data: JSON.stringify(body) }),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        accept: 'application/json',
        'accept-encoding': ACCEPTED_CODINGS,
        ...headers,
      },
      // A followed redirect would be a request that the budget does not count.
      maxRedirects: 0,
      maxContentLength: MOST_BYTES,
      responseType: 'arraybuffer',
      // axios would accept a cut body as complete.
      decompress: false,
      transformResponse: (received: Buffer) => received,
      validateStatus: () => true,
    });
  }
}

/** The supplier may quote our key, and the address that it sends notifications to. */
function maskOf({ apiKey, notificationSecret }: SupplierSettings): Mask {
  const key = secretMask(apiKey);
  if (notificationSecret === null) return key;
  const secret = secretMask(notificationSecret);
  return { text: (s) => secret.text(key.text(s)), label: key.label };
}

function readerOf({ headers, request }: AxiosResponse): HeaderReader {
  const res = (request as { readonly res?: IncomingMessage } | undefined)?.res;
  return (name): unknown => {
    // If a header has several lines, `headers` of Node.js keeps only the first.
    const lines = name === 'retry-after' ? res?.headersDistinct[name] : undefined;
    return lines?.join(', ') ?? headers[name];
  };
}
