import type { Product } from '../../sandbox/index.js';

const SLOTMIRROR_REQUESTS_PER_MINUTE = 30;
const OCTO_NAME = 'harbour';

/** How many requests a minute each API allows. */
export interface SandboxLimits {
  readonly leap: number;
  readonly octo: number;
}

/** What the operator reads at the start: the URL, how to point Slotmirror at it, and how to make it fail. */
export function greeting(url: string, products: readonly Product[], limits: SandboxLimits): string {
  const octo = url.replace(/\/api\/v1$/, '/octo');
  const control = url.replace(/\/api\/v1$/, '/sandbox');
  return `The sandbox supplier listens at ${url} (Leap) and ${octo} (OCTO)
It accepts any x-api-key that is not empty, and ${limits.leap} requests in 60 seconds (OCTO: ${limits.octo}).

Point Slotmirror at it:

  ${environment(url, products, limits.leap)} npm start

Or at both of its suppliers, where the OCTO one notifies Slotmirror of changes:

  echo '${suppliers(url, octo, products, limits)}' > suppliers.json
  SUPPLIERS_FILE=suppliers.json PUBLIC_URL=http://127.0.0.1:4000 npm start
  curl -X POST http://127.0.0.1:4000/api/v1/supplier/${OCTO_NAME}/import -H "Authorization: Bearer $ADMIN_API_KEY"

Ask it in OCTO, with any key and any date:

  curl -X POST ${octo}/availability -H 'Authorization: Bearer sandbox' -H 'Octo-Capabilities: octo/pricing' \\
    -d '{"productId": "octo-14", "optionId": "shared", "localDateStart": "2030-01-01", "localDateEnd": "2030-01-31"}'

See what it would answer, make it fail, set a day by hand:

  curl "${control}/truth/14?date=$(date +%F)"
  curl -X POST ${control}/faults -d '{"kind": "status", "status": 500, "share": 0.5}'
  curl -X PUT ${control}/truth/14/$(date +%F) -d '[]'
`;
}

/** The text of a SUPPLIERS_FILE. */
function suppliers(url: string, octoUrl: string, products: readonly Product[], limits: SandboxLimits): string {
  return JSON.stringify([
    {
      ...{ name: 'leap', api: 'leap', url, key: 'sandbox', requestsPerMinute: limits.leap },
      experiences: products.map(({ id }) => id),
    },
    {
      ...{ name: OCTO_NAME, api: 'octo', url: octoUrl, key: 'sandbox', requestsPerMinute: limits.octo },
      notificationSecret: 'the-secret-of-the-sandbox',
    },
  ]);
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
