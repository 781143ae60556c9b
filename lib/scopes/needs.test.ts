import { describe, expect, it } from 'vitest';
import { lackedRight, needyPageAt, PAGE_NEEDS, type NeedyPage } from './needs.ts';

describe('lackedRight', () => {
  it('names the first right that is certainly not held', () => {
    expect(lackedRight('/persons/merge', ['persons:read'])).toBe('persons:write');
    expect(lackedRight('/persons/merge', ['persons:write'])).toBe('persons:read');
    expect(lackedRight('/keys/[id]/revoke', [])).toBe('keys:read');
  });

  it('names none where all are held, by whatever scope, or where nobody knows', () => {
    for (const page of Object.keys(PAGE_NEEDS) as NeedyPage[]) {
      expect(lackedRight(page, ['*'])).toBeNull();
      expect(lackedRight(page, ['persons:*', 'routes:*', 'keys:*'])).toBeNull();
      expect(lackedRight(page, null)).toBeNull();
    }
  });
});

describe('needyPageAt', () => {
  it.each([
    ['/persons', '/persons'],
    ['/persons/merge', '/persons/merge'],
    ['/persons/dddddd21-0000-4000-8000-000000000021', '/persons/[id]'],
    ['/routes/new', '/routes/new'],
    ['/routes/a/b', '/routes/[instance]/[route]'],
    ['/keys/rotate', '/keys/rotate'],
    ['/keys/rotate/a', '/keys/rotate/[rotation]'],
    ['/keys/a/audit', '/keys/[id]/audit'],
  ])('%s is %s', (path, page) => expect(needyPageAt(path)).toBe(page));

  it.each(['/', '/account', '/activity', '/activity/a', '/status', '/persons/a/b', '/x/persons'])(
    '%s is for every key',
    (path) => expect(needyPageAt(path)).toBeNull(),
  );
});
