import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<string>();

/** Whatever is logged from here on belongs to the request. */
export function inRequest<T>(requestId: string, work: () => T): T {
  return scope.run(requestId, work);
}

/** The request that is being answered; undefined: none is. */
export function currentRequestId(): string | undefined {
  return scope.getStore();
}
