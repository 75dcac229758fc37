/** Web shops read from their own origins. Nothing here depends on cookies, so any origin may. */
export const CROSS_ORIGIN = {
  origin: '*',
  strictPreflight: false,
  /** How long a browser need not ask again, seconds: a day. */
  maxAge: 86_400,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  exposedHeaders: [
    'ETag',
    'Last-Modified',
    'Retry-After',
    'Allow',
    'Deprecation',
    'Sync-State',
    'RateLimit',
    'RateLimit-Policy',
    'X-Request-Id',
    'Preference-Applied',
  ],
};

/** The same as raw pairs, for an answer that the framework doesn't see. */
export const CORS_HEADERS = [
  ...['access-control-allow-origin', CROSS_ORIGIN.origin],
  ...['access-control-expose-headers', CROSS_ORIGIN.exposedHeaders.join(', ')],
];
