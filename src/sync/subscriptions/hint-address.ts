import { createHash } from 'node:crypto';
import type { SupplierSettings } from '../../config/index.js';

/** Where a supplier sends its notifications. */
export interface HintAddress {
  /** Holds the secret: for the supplier only. */
  readonly url: string;
  /** Stands for the address at this supplier where the secret must not be seen. */
  readonly digest: string;
}

/** Null: the supplier is to send none, or cannot reach us. */
export function hintAddress(publicUrl: string | null, settings: SupplierSettings): HintAddress | null {
  const { name, notificationSecret: secret, url: supplierUrl } = settings;
  if (publicUrl === null || secret === null) return null;
  const url = `${publicUrl}/api/v1/supplier/${name}/notifications/${encodeURIComponent(secret)}`;
  const digest = createHash('sha256')
    .update(JSON.stringify([supplierUrl, url]))
    .digest('hex');
  return { url, digest };
}
