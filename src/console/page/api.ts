import { ApiError } from './api-error.js';

/** Asks the API as the admin whose key it has. */
export class Api {
  constructor(readonly key: string) {}

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<T> {
    return this.send<T>('POST', path, body, headers);
  }

  put<T>(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<T> {
    return this.send<T>('PUT', path, body, headers);
  }

  patch<T>(path: string, body: object): Promise<T> {
    return this.send<T>('PATCH', path, body);
  }

  async delete(path: string): Promise<void> {
    await this.send('DELETE', path);
  }

  /** @throws ApiError */
  private async send<T>(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const answer = await fetch(path, {
      method,
      cache: 'no-store',
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new ApiError(0, 'UNREACHABLE', 'The server cannot be reached.');
    });
    if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
    const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string };
    const detail = problem.detail ?? `The server answered ${answer.status}.`;
    throw new ApiError(answer.status, problem.code ?? '', detail, problem);
  }
}
