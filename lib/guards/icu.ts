/** Names of the arguments and tags of an ICU message. Throws on a message whose braces or tags don't match. */
export function placeholders(message: string): string[] {
  const found = new Set<string>();
  const end = readMessage(message, 0, found);
  if (end !== message.length) throw new Error(`unexpected } at ${end} in "${message}"`);
  const opened = [...message.matchAll(/<(\w+)>/g)].map(([, tag]) => tag);
  const closed = [...message.matchAll(/<\/(\w+)>/g)].map(([, tag]) => tag);
  if (opened.toSorted().join() !== closed.toSorted().join()) throw new Error(`tags do not match in "${message}"`);
  for (const tag of opened) found.add(`<${tag}>`);
  return [...found].toSorted();
}

/** Reads text up to the `}` that ends it (or the end) and answers with its position. `''` and `'{…}'` are literal. */
function readMessage(text: string, start: number, found: Set<string>): number {
  let at = start;
  while (at < text.length && text[at] !== '}') {
    if (text[at] === "'" && (text[at + 1] === '{' || text[at + 1] === '}')) {
      const close = text.indexOf("'", at + 1);
      at = close === -1 ? text.length : close + 1;
    } else if (text[at] === '{') {
      at = readArgument(text, at + 1, found);
    } else {
      at += 1;
    }
  }
  return at;
}

function readArgument(text: string, start: number, found: Set<string>): number {
  const head = /^\s*(\w+)\s*(?:,\s*(\w+)\s*)?/.exec(text.slice(start));
  const [whole, name, kind] = head ?? [];
  if (!whole || !name) throw new Error(`no argument name after { at ${start} in "${text}"`);
  found.add(kind ? `${name}:${kind}` : name);
  let at = start + whole.length;
  while (at < text.length && text[at] !== '}') {
    if (text[at] === '{') {
      at = readMessage(text, at + 1, found);
      if (text[at] !== '}') throw new Error(`a { is never closed in "${text}"`);
    }
    at += 1;
  }
  if (text[at] !== '}') throw new Error(`a { is never closed in "${text}"`);
  return at + 1;
}
