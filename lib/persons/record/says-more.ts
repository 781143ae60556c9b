import type { PhoneSpelling } from '#lib/text/phone.ts';

/** Whether one spelling of a telephone says more than another spelling of the same. */
export function saysMore(a: PhoneSpelling | null, b: PhoneSpelling | null): boolean {
  return a !== null && b !== null && a.key === b.key && a.says > b.says;
}
