import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Next writes about its addresses when it builds; the same file its own router reads. */
type RoutesManifest = Record<'staticRoutes' | 'dynamicRoutes', readonly { page: string; regex: string }[]>;

const MANIFEST = join('.next', 'routes-manifest.json');

/**
 * The pattern of a request's page ("/persons/[id]"), `/_next/static` for files of the build, `other` for everything that is no page:
 * neither an id nor what somebody typed gets through.
 */
export function pageOf({ staticRoutes, dynamicRoutes }: RoutesManifest): (target: string) => string {
  const fixed = new Set(staticRoutes.map(({ page }) => page));
  const patterns = dynamicRoutes.map(({ page, regex }) => ({ page, pattern: new RegExp(regex) }));
  return (target) => {
    const path = target.replace(/\?.*/s, '');
    if (path.startsWith('/_next/static/')) return '/_next/static';
    if (fixed.has(path)) return path;
    return patterns.find(({ pattern }) => pattern.test(path))?.page ?? 'other';
  };
}

/** `pageOf` of the build in the working directory; where there is none (`next dev`), every page is `other`. */
export function pageOfBuild(): (target: string) => string {
  try {
    const text = readFileSync(/* turbopackIgnore: true */ join(process.cwd(), MANIFEST), 'utf8');
    return pageOf(JSON.parse(text) as RoutesManifest);
  } catch {
    return () => 'other';
  }
}
