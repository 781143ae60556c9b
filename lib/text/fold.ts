/** Lower case, without accents, single spaces: for comparing names. NFC and NFD input fold alike. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[‘’ʼ´`]/g, "'")
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** The words of a text, folded. */
export function words(text: string): string[] {
  return fold(text).split(' ').filter(Boolean);
}
