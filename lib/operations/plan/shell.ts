/** A word of a shell command, quoted so that no character of it can mean anything to `sh`. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** An `omni …` line. Options with `undefined` are left out. Line breaks and quotes survive a paste. */
export function omniLine(
  words: readonly string[],
  options: Record<string, string | number | boolean | undefined> = {},
): string {
  const flags = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
    return [`--${name}`, shellWord(String(value))];
  });
  return ['omni', ...words.map(shellWord), ...flags].join(' ');
}

/** The `curl` line of one call; the key is left as a variable. `path` is below `/api/v2`. */
export function curlLine(method: string, serverUrl: string, path: string, body?: unknown): string {
  const parts = ['curl', '-X', method, shellWord(`${serverUrl}/api/v2${path}`), '-H', '"x-api-key: $OMNI_API_KEY"'];
  if (body !== undefined) parts.push('-H', "'Content-Type: application/json'", '-d', shellWord(JSON.stringify(body)));
  return parts.join(' ');
}
