/** Only the digits of a text. */
export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

/**
 * A Brazilian number's area code and its last eight digits, from any of the ways people write it: with or without +55, a
 * trunk 0, an area code, the ninth digit. `area` is null when it was not written; null when this cannot be such a number.
 * Eight digits starting 2–5 are landlines: they never had a ninth digit, so `ninth` says whether one may be ignored.
 */
export function brazilianCore(
  text: string,
): { area: string | null; last8: string; ninth: 'written' | 'absent' | 'never' } | null {
  let digits = digitsOf(text);
  if (digits.length >= 12 && digits.startsWith('55')) digits = digits.slice(2);
  if (digits.startsWith('0')) digits = digits.replace(/^0+/, '');
  if (digits.length < 8 || digits.length > 11) return null;
  const last8 = digits.slice(-8);
  const head = digits.slice(0, -8);
  const written = (head.length === 1 || head.length === 3) && head.endsWith('9');
  if ((head.length === 1 || head.length === 3) && !written) return null;
  const landline = /^[2-5]/.test(last8);
  if (written && landline) return { area: head.length === 3 ? head.slice(0, 2) : null, last8, ninth: 'written' };
  const area = head.length >= 2 ? head.slice(0, 2) : null;
  return { area, last8, ninth: written ? 'written' : landline ? 'never' : 'absent' };
}

/**
 * Whether two ways of writing a number mean the same telephone: same digits, or the same Brazilian number with and without
 * country code, area code or a mobile's ninth digit. A landline never equals the mobile that has a 9 in front of it.
 */
export function samePhone(a: string, b: string): boolean {
  const [x, y] = [digitsOf(a), digitsOf(b)];
  if (x.length < 8 || y.length < 8) return false;
  if (x === y) return true;
  const [p, q] = [brazilianCore(a), brazilianCore(b)];
  if (!p || !q || p.last8 !== q.last8) return false;
  if (p.area && q.area && p.area !== q.area) return false;
  const bothMobile = p.ninth !== 'never' && q.ninth !== 'never';
  return bothMobile ? !/^[2-5]/.test(p.last8) || p.ninth === q.ninth : p.ninth === q.ninth;
}

/** Whether `a` says more of the same telephone than `b`: its country or area code, or a mobile's ninth digit. */
export function saysMore(a: string, b: string): boolean {
  return samePhone(a, b) && digitsOf(a).length > digitsOf(b).length;
}
