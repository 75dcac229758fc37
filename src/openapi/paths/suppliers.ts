import { PauseRequest } from '../../http/index.js';
import { HintRequest, ImportRequest } from '../../sync/index.js';
import {
  hintReport,
  importReport,
  productList,
  supplierList,
  supplierState,
} from '../../sync/suppliers/supplier.shape.js';
import type { Answer, Paths } from '../operation.js';
import { secretInPath, supplierName } from '../parameters.js';

const STATE: Answer = { description: 'How it stands', schema: supplierState };
const ONE = {
  tag: 'Suppliers',
  admin: true,
  parameters: [supplierName],
  answers: [STATE],
  problems: ['SUPPLIER_NOT_FOUND'],
} as const;

/** Each supplier by itself. */
export const SUPPLIERS: Paths = {
  '/api/v1/supplier': {
    get: {
      id: 'listSuppliers',
      tag: ONE.tag,
      summary: 'State and budget of each supplier',
      answers: [{ description: 'All that are configured', schema: supplierList }],
      admin: true,
    },
  },
  '/api/v1/supplier/{name}': {
    get: { ...ONE, id: 'getSupplier', summary: 'State and budget of a supplier' },
  },
  '/api/v1/supplier/{name}/pause': {
    post: {
      ...ONE,
      id: 'pauseSupplier',
      summary: 'Send it no requests, until resumed or for a while',
      body: PauseRequest,
    },
  },
  '/api/v1/supplier/{name}/resume': {
    post: { ...ONE, id: 'resumeSupplier', summary: 'Resume its requests' },
  },
  '/api/v1/supplier/{name}/try': {
    post: {
      ...ONE,
      id: 'trySupplier',
      summary: 'Send the next request at once, although the supplier asked to wait or does not answer',
      description: 'Ends the wait or the open circuit by hand. The answer decides whether it goes on.',
    },
  },
  '/api/v1/supplier/{name}/products': {
    get: {
      ...ONE,
      id: 'listProducts',
      summary: 'The products that the supplier lists',
      description: 'Takes one request of its budget.',
      answers: [{ description: 'The list', schema: productList }],
      problems: [...ONE.problems, 'SUPPLIER_FAILED', 'SUPPLIER_BUSY'],
    },
  },
  '/api/v1/supplier/{name}/notifications/{secret}': {
    post: {
      id: 'notify',
      tag: ONE.tag,
      summary: 'For suppliers: these days may have changed',
      description:
        'This body, a list of them under `hints`, or a notification of OCTO. The days are fetched soon, within the budget. The ' +
        'secret is `notificationSecret` of SUPPLIERS_FILE, or SUPPLIER_NOTIFICATION_SECRET.',
      parameters: [supplierName, secretInPath],
      body: HintRequest,
      answers: [{ status: 202, description: 'It was understood', schema: hintReport }],
      problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
    },
  },
  '/api/v1/supplier/{name}/import': {
    post: {
      ...ONE,
      id: 'importProducts',
      summary: 'Mirror products of the supplier',
      description: 'Name and zone come from the supplier’s list. What is mirrored already stays as it is.',
      body: ImportRequest,
      answers: [{ description: 'What is mirrored now', schema: importReport }],
      problems: [...ONE.problems, 'SUPPLIER_FAILED', 'SUPPLIER_BUSY'],
    },
  },
};
