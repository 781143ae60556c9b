const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/**
 * What is wrong with a JSON text that is read without a word about it: a key that stands twice in one object, of which the last is kept; a
 * number of more digits than are kept. The text is JSON.
 */
export function changedByReading(json: string): 'twice' | 'long_number' | null {
  const objects: Set<unknown>[] = [];
  let before = '';
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
    else if (token === ':') {
      const [keys, key] = [objects.at(-1), JSON.parse(before) as unknown];
      if (keys?.has(key)) return 'twice';
      keys?.add(key);
    } else if (NUMBER.test(token) && digitsOf(token) !== digitsOf(String(Number(token)))) return 'long_number';
    before = token;
  }
  return null;
}

/** A number by its digits and where its point is, whatever way it is written; what is no number (`Infinity`) as it is. */
function digitsOf(number: string): string {
  const [, whole, part = '', power = '0'] = NUMBER.exec(number) ?? [];
  if (whole === undefined) return number;
  const digits = `${whole}${part}`.replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  return short && `${short}e${Number(power) - part.length + digits.length - short.length}`;
}
