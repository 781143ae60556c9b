import type { Route } from 'next';

/** The page of the saved tests of some instances; none given: of all. */
export function savedTestsHref(instances: readonly string[] = []) {
  const ids = [...new Set(instances)];
  return (ids.length > 0 ? `/routes/tests?instance=${ids.join(',')}` : '/routes/tests') as Route;
}
