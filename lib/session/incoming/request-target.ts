/**
 * The target of a request line as a path with its query. Next answers 500 to a path that cannot be decoded and redirects one
 * with several slashes, both before the console's own rules; an absolute target becomes its path and `host` (RFC 9112 §3.2.2).
 */
export function plainTarget(target: string): { url: string; host?: string } {
  if (target.startsWith('/')) return { url: plainPath(target) };
  const asked = /^https?:\/\//i.test(target) ? URL.parse(target) : null;
  return asked ? { url: plainPath(asked.pathname + asked.search), host: asked.host } : { url: target };
}

function plainPath(target: string): string {
  const end = target.indexOf('?');
  const path = (end < 0 ? target : target.slice(0, end)).replaceAll(/[\\/]{2,}|\\/g, '/');
  return (decodes(path) ? path : path.replaceAll('%', '%25')) + (end < 0 ? '' : target.slice(end));
}

function decodes(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
