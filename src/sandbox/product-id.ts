/** The id that a URL names; undefined when it is no whole number written plainly. */
export function productId(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
