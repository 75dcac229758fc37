import type { Encoding } from './accepted-encoding.js';
import { compress } from './compression.js';

/** The compressed forms of contents that are sent again and again. They are let go of together with the content. */
const kept = new WeakMap<Buffer, Map<Encoding, Promise<Buffer>>>();

/** Has the content compressed once per encoding, rather than for each response. It must not change from now on. */
export function keepEncodings(content: Buffer): Buffer {
  if (!kept.has(content)) kept.set(content, new Map());
  return content;
}

/** The content in the encoding. All who wait for a form that is kept wait for the same one. */
export function encoded(content: Buffer, encoding: Encoding): Promise<Buffer> {
  const forms = kept.get(content);
  if (!forms) return compress(content, encoding);
  const known = forms.get(encoding);
  if (known) return known;
  const form = compress(content, encoding);
  forms.set(encoding, form);
  // The next request tries again. This one learns of the failure from `form`.
  form.catch(() => forms.delete(encoding));
  return form;
}
