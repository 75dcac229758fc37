import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { isAxiosError, type AxiosResponse } from 'axios';
import type { IncomingMessage } from 'node:http';
import { firstValueFrom } from 'rxjs';
import { SupplierSettings } from '../../config/index.js';
import type { DayKey } from '../../inventory/index.js';
import { secretMask, type Mask } from '../../secrets/index.js';
import { Clock } from '../../time/index.js';
import { answerAge } from '../answer-age.js';
import { answerMeaning } from '../answer-meaning.js';
import { bodyText } from '../body-text.js';
import { brokenExchange } from '../broken-exchange.js';
import { ExchangeProgress } from '../broken-exchange-progress.js';
import { Connections, type Agents } from '../connections.js';
import { quotaOf, type HeaderReader } from '../quota.js';
import type { ReceivedAnswer } from '../seen-answer.js';
import { SupplierClient, type SupplierAnswer, type SupplierWait } from '../supplier-client.js';
import { SupplierFailure } from '../supplier-error.js';
import { ACCEPTED_CODINGS, MOST_BYTES } from '../unpack.js';
import { readLeapAnswer, type LeapAnswer } from './read-leap-answer.js';
import type { RequestedDay } from './slot-reading.js';

/** What ends an exchange, and what observes its progress. */
interface Watched extends Pick<ExchangeProgress, 'transport'> {
  readonly signal: AbortSignal;
}

/** Leap's inventory API: `GET /inventory/:id?date=` with `x-api-key`. */
@Injectable()
export class LeapClient extends SupplierClient {
  readonly supplier = 'leap';
  private readonly mask: Mask;
  private readonly connections: Connections;

  constructor(
    private readonly http: HttpService,
    private readonly settings: SupplierSettings,
    private readonly clock: Clock,
  ) {
    super();
    this.mask = secretMask(settings.apiKey);
    this.connections = new Connections(settings.timeoutMs);
  }

  async fetchDay(day: DayKey, timeZone: string): Promise<SupplierAnswer> {
    const answer = await this.ask(day);
    const now = this.clock.now();
    const meaning = answerMeaning(answer, { now, mask: this.mask, proxy: this.settings.proxy });
    if (meaning instanceof Error) throw meaning;
    const { list, wait } = meaning;
    const { slots, oddities, dropped } = this.readList(list, { date: day.date, timeZone }, wait);
    // The answers are lists of slots, so only headers can name an age or a quota.
    return { slots, oddities, dropped, ageMs: answerAge(now, answer.header), quota: quotaOf(now, answer.header), wait };
  }

  /** Reads the list. An unreadable one still carries the wait that the supplier named. */
  private readList(list: string, asked: RequestedDay, wait: SupplierWait | null): LeapAnswer {
    try {
      return readLeapAnswer(list, asked, this.mask);
    } catch (error) {
      throw error instanceof SupplierFailure ? new SupplierFailure(error.kind, error.detail, wait) : error;
    }
  }

  /** @throws SupplierFailure if not even the head of an answer came */
  private async ask(day: DayKey): Promise<ReceivedAnswer> {
    // The signal limits the whole exchange. The timeout of axios only limits the silence of the socket.
    const signal = AbortSignal.timeout(this.settings.timeoutMs);
    const progress = new ExchangeProgress();
    try {
      const response = await this.get(day, { signal, transport: progress.transport });
      const header = readerOf(response);
      return { status: response.status, header, body: bodyText(response.data, header, this.mask) };
    } catch (error) {
      const { url, timeoutMs, proxy } = this.settings;
      const exchange = { timedOut: signal.aborted, timeoutMs, progress, url, proxy, mask: this.mask };
      const failure = brokenExchange(error, exchange);
      if (!isAxiosError(error) || !error.response) throw failure;
      return { status: error.response.status, header: readerOf(error.response), body: failure };
    }
  }

  /** Repeats the request once if a kept connection turned out to be closed, because the supplier has probably not seen it. */
  private async get(day: DayKey, watched: Watched): Promise<AxiosResponse<Buffer>> {
    try {
      return await this.request(day, watched, this.connections.kept);
    } catch (error) {
      if (watched.signal.aborted || !this.connections.wasStale(error)) throw error;
      this.emitRepeat();
      return await this.request(day, watched, this.connections.fresh);
    }
  }

  private request({ experienceId, date }: DayKey, watched: Watched, agents: Agents): Promise<AxiosResponse<Buffer>> {
    const { url, apiKey } = this.settings;
    return firstValueFrom(
      this.http.get<Buffer>(`${url}/inventory/${experienceId}`, {
        ...agents,
        ...watched,
        params: { date },
        headers: { 'x-api-key': apiKey, accept: 'application/json', 'accept-encoding': ACCEPTED_CODINGS },
        // A followed redirect would be a request that the budget does not count.
        maxRedirects: 0,
        maxContentLength: MOST_BYTES,
        responseType: 'arraybuffer',
        // axios would accept a cut body as complete.
        decompress: false,
        transformResponse: (body: Buffer) => body,
        validateStatus: () => true,
      }),
    );
  }
}

function readerOf({ headers, request }: AxiosResponse): HeaderReader {
  const res = (request as { readonly res?: IncomingMessage } | undefined)?.res;
  return (name): unknown => {
    // If a header has several lines, `headers` of Node.js keeps only the first.
    const lines = name === 'retry-after' ? res?.headersDistinct[name] : undefined;
    return lines?.join(', ') ?? headers[name];
  };
}
