import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { isAxiosError, type AxiosResponse } from 'axios';
import { firstValueFrom } from 'rxjs';
import { SupplierSettings } from '../../config/index.js';
import type { DayKey, SuppliedSlot } from '../../inventory/index.js';
import { Clock } from '../../time/index.js';
import { quotaOf } from '../quota.js';
import { refusalEnd } from '../refusal-end.js';
import { SupplierClient, type SupplierAnswer } from '../supplier-client.js';
import { SupplierFailure, SupplierRefusal } from '../supplier-error.js';
import { parseLeapAnswer } from './parse-leap-answer.js';

/** A day is some kilobytes; an answer beyond this is not one. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Leap's inventory API: `GET /inventory/:id?date=` with `x-api-key`. */
@Injectable()
export class LeapClient extends SupplierClient {
  readonly supplier = 'leap';

  constructor(
    private readonly http: HttpService,
    private readonly settings: SupplierSettings,
    private readonly clock: Clock,
  ) {
    super();
  }

  async fetchDay(day: DayKey): Promise<SupplierAnswer> {
    const response = await this.get(day);
    if (response.status === 429) throw this.refusal(response);
    if (response.status !== 200) throw failureOf(response.status);
    const { headers } = response;
    // Its answers are lists of slots: only the headers could tell of a quota.
    return { slots: this.read(response.data, day), quota: quotaOf(this.clock.now(), (name): unknown => headers[name]) };
  }

  /** What an answer says may be repeated in an error, but not our key, should the supplier have repeated it. */
  private read(body: string, day: DayKey): readonly SuppliedSlot[] {
    try {
      return parseLeapAnswer(body, day.date);
    } catch (error) {
      if (!(error instanceof SupplierFailure)) throw error;
      throw new SupplierFailure(error.kind, error.detail.replaceAll(this.settings.apiKey, '***'));
    }
  }

  private async get({ experienceId, date }: DayKey): Promise<AxiosResponse<string>> {
    // The signal bounds the whole exchange; axios's own timeout only the silence of the socket.
    const signal = AbortSignal.timeout(this.settings.timeoutMs);
    try {
      return await firstValueFrom(
        this.http.get<string>(`${this.settings.url}/inventory/${experienceId}`, {
          params: { date },
          headers: { 'x-api-key': this.settings.apiKey, accept: 'application/json' },
          signal,
          // A followed redirect would be a request that nobody counted.
          maxRedirects: 0,
          maxContentLength: MOST_BYTES,
          responseType: 'text',
          transformResponse: (body: string) => body,
          validateStatus: () => true,
        }),
      );
    } catch (error) {
      if (signal.aborted) throw new SupplierFailure('timeout', `no whole answer within ${this.settings.timeoutMs} ms`);
      if (isAxiosError(error) && error.message.startsWith('maxContentLength')) {
        throw new SupplierFailure('bad_answer', error.message);
      }
      // Only code and message: the error itself carries the request's headers, and in them the key.
      const reason = isAxiosError(error) ? [error.code, error.message].filter(Boolean).join(' ') : String(error);
      throw new SupplierFailure('unreachable', reason);
    }
  }

  private refusal(response: AxiosResponse<string>): SupplierRefusal {
    return new SupplierRefusal(
      refusalEnd(this.clock.now(), namedReset(response.data), response.headers['retry-after']),
    );
  }
}

function failureOf(status: number): SupplierFailure {
  if (status === 401 || status === 403) {
    return new SupplierFailure('unauthorized', `the supplier answered ${status}; check TICKETE_API_KEY`);
  }
  if (status === 404) return new SupplierFailure('unknown_product', 'the supplier answered 404');
  return new SupplierFailure(status >= 500 ? 'supplier_error' : 'bad_answer', `the supplier answered ${status}`);
}

/** `{"rateLimitState": {"reset": <epoch milliseconds>}}` */
function namedReset(body: string): unknown {
  try {
    return (JSON.parse(body) as { rateLimitState?: { reset?: unknown } } | null)?.rateLimitState?.reset;
  } catch {
    return undefined;
  }
}
