const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));
const NIL = '0'.repeat(32);

/** A UUID as 22 characters; an empty text as the UUID of zeros. */
export function packId(id: string): string {
  const hex = `${id.replaceAll('-', '').toLowerCase() || NIL}0`;
  let packed = '';
  for (let at = 0; at < 33; at += 3) {
    const bits = Number.parseInt(hex.slice(at, at + 3), 16);
    packed += (DIGITS[bits >> 6] ?? '') + (DIGITS[bits & 63] ?? '');
  }
  return packed;
}

/** The UUID of `packId`. */
export function unpackId(packed: string): string {
  let hex = '';
  for (let at = 0; at < 22; at += 2) {
    const bits = ((VALUES.get(packed[at] ?? '') ?? 0) << 6) | (VALUES.get(packed[at + 1] ?? '') ?? 0);
    hex += bits.toString(16).padStart(3, '0');
  }
  const id = hex.slice(0, 32);
  if (id === NIL) return '';
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
}
