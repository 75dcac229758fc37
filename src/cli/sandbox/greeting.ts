import type { Product } from '../../sandbox/index.js';

const SLOTMIRROR_REQUESTS_PER_MINUTE = 30;

/** What the operator reads at the start: the URL, how to point Slotmirror at it, and how to make it fail. */
export function greeting(url: string, products: readonly Product[], requestsPerMinute: number): string {
  const octo = url.replace(/\/api\/v1$/, '/octo');
  const control = url.replace(/\/api\/v1$/, '/sandbox');
  return `The sandbox supplier listens at ${url} (Leap) and ${octo} (OCTO)
It accepts any x-api-key that is not empty, and ${requestsPerMinute} requests in 60 seconds.

Point Slotmirror at it:

  ${environment(url, products, requestsPerMinute)} npm start

Ask it in OCTO, with any key and any date:

  curl -X POST ${octo}/availability -H 'Authorization: Bearer sandbox' -H 'Octo-Capabilities: octo/pricing' \\
    -d '{"productId": "octo-14", "optionId": "shared", "localDateStart": "2030-01-01", "localDateEnd": "2030-01-31"}'

See what it would answer, make it fail, set a day by hand:

  curl "${control}/truth/14?date=$(date +%F)"
  curl -X POST ${control}/faults -d '{"kind": "status", "status": 500, "share": 0.5}'
  curl -X PUT ${control}/truth/14/$(date +%F) -d '[]'
`;
}

function environment(url: string, products: readonly Product[], requestsPerMinute: number): string {
  const variables = [
    `SUPPLIER_URL=${url}`,
    'TICKETE_API_KEY=sandbox',
    `EXPERIENCES=${products.map(({ id }) => id).join(',')}`,
  ];
  if (requestsPerMinute !== SLOTMIRROR_REQUESTS_PER_MINUTE)
    variables.push(`SUPPLIER_REQUESTS_PER_MINUTE=${requestsPerMinute}`);
  return variables.join(' ');
}
