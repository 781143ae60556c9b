import { describe, expect, it } from 'vitest';
import { bindingScopes } from './generations.ts';
import { PAGE_NEEDS } from './needs.ts';
import { allows } from './scopes.ts';

describe('bindingScopes', () => {
  const needed = [...new Set(Object.values(PAGE_NEEDS).flat())];

  it('are the scopes themselves on the current generation, and on one nobody knows', () => {
    for (const generation of ['current', 'unknown'] as const) {
      expect(bindingScopes(['persons:read'], generation)).toEqual(['persons:read']);
      expect(bindingScopes(null, generation)).toBeNull();
    }
  });

  it('bind calls on keys only in February: any key may do everything else', () => {
    const scopes = bindingScopes(['persons:read'], 'february');
    for (const scope of [...needed, 'access:write', 'agents:read'])
      expect([scope, allows(scopes, scope)]).toEqual([scope, scope.startsWith('keys:') ? 'no' : 'yes']);
    expect(allows(bindingScopes(['keys:read'], 'february'), 'keys:read')).toBe('yes');
    expect(bindingScopes(null, 'february')).toBeNull();
  });
});
