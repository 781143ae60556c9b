/** A whole key, wherever it stands in a text (contract §1.1). */
const KEYS = /(?<![A-Za-z0-9_])omni_sk_[A-Za-z0-9]{32}(?![A-Za-z0-9])/g;

/**
 * The key in what was pasted: the one whole `omni_sk_…` of `OMNI_API_KEY="…"`, `Bearer …` or a line of a file. Where none stands in
 * it, or two different ones, the text is given back without the spaces around it: nobody guesses.
 */
export function keyIn(pasted: string): string {
  const [key, ...more] = new Set(pasted.match(KEYS));
  return key !== undefined && more.length === 0 ? key : pasted.trim();
}
