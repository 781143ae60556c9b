/** The part behind the @ as Omni stores it: a domain of other letters in its ASCII form, which is the same address. */
function asciiDomain(domain: string): string {
  if (!/[^\0-\x7f]/.test(domain) || !URL.canParse(`http://${domain}`)) return domain;
  return new URL(`http://${domain}`).host;
}

/**
 * An email as it is stored: without what can't be seen in it, its domain in ASCII. Omni takes ASCII only (behaviour C9). What is no email is
 * left as it is.
 */
export function plainEmail(typed: string): string {
  const text = typed
    .normalize('NFC')
    .replaceAll(/\p{Cf}/gu, '')
    .replace('＠', '@')
    .trim();
  const [, user, domain] = /^([^@\s]+)@([^@\s/?#:]+)$/.exec(text) ?? [];
  return user && domain ? `${user}@${asciiDomain(domain)}` : text;
}

/** Emails of one key are the same to people: case is compared nowhere, and stored as it was typed. */
export function emailKey(email: string | null | undefined): string {
  return plainEmail(email ?? '').toLowerCase();
}

/** Whether two texts are the same email; nothing is the same as nothing. */
export function sameEmail(a: string | null | undefined, b: string | null | undefined): boolean {
  return emailKey(a) !== '' && emailKey(a) === emailKey(b);
}
