/** Which methods the routes have: a request with another one is refused with those that the path takes. */
export class RouteMethods {
  private readonly routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];

  /** @param url as the framework writes it, with `:name` for a part */
  add(url: string, methods: string | readonly string[]): void {
    // Every path has OPTIONS, for preflight requests.
    if (url === '*') return;
    const parts = url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
    this.routes.push({ pattern: new RegExp(`^${parts.join('/')}$`), methods: [methods].flat() });
  }

  /** The methods that the path of this URL takes; none: there is no such path. */
  of(url: string): readonly string[] {
    const [path = ''] = url.split(/[?#]/);
    const found = this.routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
    return found.length === 0 ? [] : [...new Set([...found, 'OPTIONS'])].sort();
  }
}
