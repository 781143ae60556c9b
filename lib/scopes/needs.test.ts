import { describe, expect, it } from 'vitest';
import { missingScope, scopedPageAt, PAGE_NEEDS, type ScopedPage } from './needs.ts';

describe('missingScope', () => {
  it('names the first scope that is certainly not held', () => {
    expect(missingScope('/persons/merge', ['persons:read'])).toBe('persons:write');
    expect(missingScope('/persons/merge', ['persons:write'])).toBe('persons:read');
    expect(missingScope('/keys/[id]/revoke', [])).toBe('keys:read');
  });

  it('names none where all are held, by whatever scope, or where nobody knows', () => {
    for (const page of Object.keys(PAGE_NEEDS) as ScopedPage[]) {
      expect(missingScope(page, ['*'])).toBeNull();
      expect(missingScope(page, ['persons:*', 'routes:*', 'keys:*', 'audit:*', 'access:*', 'instances:*'])).toBeNull();
      expect(missingScope(page, null)).toBeNull();
    }
  });
});

describe('scopedPageAt', () => {
  it.each([
    ['/persons', '/persons'],
    ['/persons/merge', '/persons/merge'],
    ['/persons/dddddd21-0000-4000-8000-000000000021', '/persons/[id]'],
    ['/routes/new', '/routes/new'],
    ['/routes/a/b', '/routes/[instance]/[route]'],
    ['/keys/rotate', '/keys/rotate'],
    ['/keys/rotate/a', '/keys/rotate/[rotation]'],
    ['/keys/a/audit', '/keys/[id]/audit'],
    ['/activity/omni/a', '/activity/omni/[id]'],
  ])('%s is %s', (path, page) => expect(scopedPageAt(path)).toBe(page));

  it.each(['/', '/account', '/activity', '/activity/a', '/status', '/persons/a/b', '/x/persons'])(
    '%s is for every key',
    (path) => expect(scopedPageAt(path)).toBeNull(),
  );
});
