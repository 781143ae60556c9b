import { describe, expect, it } from 'vitest';
import { scopesByPermission } from './words.ts';

describe('scopesByPermission', () => {
  it('tells reading and writing from writing alone and from reading alone', () => {
    expect(
      scopesByPermission([
        'routes:*',
        'persons:read',
        'persons:write',
        'chats:write',
        'agents:read',
        'odd',
        'turns:close',
      ]),
    ).toEqual({
      readAndWrite: ['persons', 'routes'],
      writeOnly: ['chats'],
      read: ['agents'],
      send: false,
      manageKeys: false,
      others: ['odd', 'turns:close'],
    });
  });

  it('names sending and managing keys, and leaves auth:validate out', () => {
    const nothing = { readAndWrite: [], writeOnly: [], read: [], others: [] };
    expect(scopesByPermission(['messages:send', 'keys:*', 'auth:validate'])).toEqual({
      ...nothing,
      send: true,
      manageKeys: true,
    });
    expect(scopesByPermission(['keys:write'])).toEqual({
      ...nothing,
      writeOnly: ['keys'],
      send: false,
      manageKeys: false,
    });
  });
});
