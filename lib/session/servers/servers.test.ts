import { afterEach, expect, test } from 'vitest';
import { env } from '#lib/env.ts';
import { findServer, appearanceOf, typedServer } from './servers.ts';

Object.assign(process.env, {
  STORE_KEYS: `1:${'k'.repeat(32)}`,
  SESSION_PASSWORDS: `1:${'p'.repeat(32)}`,
  OMNI_SERVERS: 'Local=http://127.0.0.1:8882,Produção=https://omni.example.com',
  OMNI_PRODUCTION: 'Produção',
  OMNI_ALLOW_ANY_SERVER: '1',
});
afterEach(() => {
  env().OMNI_ALLOW_ANY_SERVER = true;
});

test.each([
  ['omni.example.org', 'https://omni.example.org'],
  [' https://Omni.Example.org/ ', 'https://omni.example.org'],
  ['https://omni.example.org:8443/base/api/v2', 'https://omni.example.org:8443/base'],
  ['https://1.1.1.1', 'https://1.1.1.1'],
])('typed servers: %s is one', (text, url) => {
  const server = typedServer(text);
  expect(server).toMatchObject({ url, typed: true });
  expect(server?.id).toMatch(/^at-[\w-]+$/);
  expect(findServer(server?.id ?? '')).toEqual(server);
});

test('typed servers: a listed address is the listed server', () => {
  expect(typedServer('https://omni.example.com/api/v2')).toEqual(findServer('producao'));
  expect(typedServer('http://127.0.0.1:8882')).toEqual(findServer('local'));
});

test.each([
  '',
  'http://omni.example.org',
  'ftp://omni.example.org',
  'https://user:secret@omni.example.org',
  'https://omni.example.org/?a=1',
  'https://omni.example.org/#a',
  'https://169.254.169.254',
  'https://2852039166',
  'https://0xa9.0xfe.0xa9.0xfe',
  'https://0251.0376.0251.0376',
  'https://[::ffff:169.254.169.254]',
  'https://[::1]:8882',
  'https://127.1',
  'http://127.0.0.1:9999',
  'file:///etc/passwd',
  `https://${'a'.repeat(300)}.example`,
])('typed servers: "%s" is none', (text) => {
  expect(typedServer(text)).toBeUndefined();
  expect(findServer(`at-${Buffer.from(text).toString('base64url')}`)).toBeUndefined();
});

test('servers: one server has one id; another spelling of it finds none', () => {
  const spelled = (address: string) => findServer(`at-${Buffer.from(address).toString('base64url')}`);
  expect(spelled('https://omni.example.org')).toBeDefined();
  expect(spelled('https://OMNI.example.org/')).toBeUndefined();
  expect(spelled('omni.example.org')).toBeUndefined();
});

test('typed servers: are not found when the operator turned them off', () => {
  const id = typedServer('https://omni.example.org')?.id ?? '';
  env().OMNI_ALLOW_ANY_SERVER = false;
  expect(typedServer('https://omni.example.org')).toBeUndefined();
  expect(findServer(id)).toBeUndefined();
});

test('servers: each listed one has a colour, and production is what the operator says', () => {
  expect(appearanceOf({ id: 'local' })).toEqual({ band: 1, production: false });
  expect(appearanceOf({ id: 'producao' })).toEqual({ band: 2, production: true });
  expect(appearanceOf({ id: 'at-x' })).toEqual({ band: 6, production: false });
});
