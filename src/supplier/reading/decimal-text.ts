/** Sign, digits, fraction, power of ten: `5`, `007`, `+5`, `-0.50`, `5e0`. No `5.`, `.5`, `0x5`, `1,5`, `5 left`. */
const DECIMAL = /^[+-]?(?<digits>\d+)(?:\.(?<fraction>\d+))?(?:e(?<power>[+-]?\d+))?$/i;

/** Whether the text is a number in decimal notation. `Number` can read all of these. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** Whether the number is whole, as `5.0` and `50e-1` are. A fraction that rounding would lose still counts as one. */
export function isWholeDecimal(text: string): boolean {
  const { digits = '', fraction = '', power = '0' } = DECIMAL.exec(text)?.groups ?? {};
  const all = `${digits}${fraction}`;
  let significant = all.length;
  while (significant > 0 && all[significant - 1] === '0') significant--;
  return significant === 0 || significant - digits.length <= Number(power);
}
