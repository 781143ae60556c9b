/** The path of a pasted address of this console, query included; null for every other text. `origin`: the console's own. */
export function pastedPage(text: string, origin: string): string | null {
  if (!URL.canParse(text)) return null;
  const { origin: asked, pathname, search, hash } = new URL(text);
  const isFile = pathname.startsWith('/api/') || pathname.endsWith('/export');
  const isElsewhere = pathname.startsWith('//');
  return asked === origin && !isFile && !isElsewhere ? `${pathname}${search}${hash}` : null;
}
