import { expect, test } from 'vitest';
import { keyAmong } from './pm2.ts';

const KEY = 'omni_sk_x';
const process = (name: string, env: Record<string, string | number>) => ({ name, pm2_env: { env } });
const HERE = 'http://127.0.0.1:8882';

test.each([
  ['the usual port, unless told', { OMNI_API_KEY: KEY }, HERE],
  ['API_PORT', { OMNI_API_KEY: KEY, API_PORT: '9000' }, 'http://127.0.0.1:9000'],
  ['API_PORT before PORT', { OMNI_API_KEY: KEY, API_PORT: 9000, PORT: 3000 }, 'http://localhost:9000'],
  ['PORT', { OMNI_API_KEY: KEY, PORT: '80' }, 'http://127.0.0.1'],
])('pm2: the key of the process that listens on the port: %s', (_, env, url) => {
  expect(keyAmong([process('omni-api', env)], url)).toEqual({ ok: true, value: KEY });
});

test('pm2: no key for the port of another process, which may be a tunnel', () => {
  const listed = [process('omni-v2-api', { OMNI_API_KEY: KEY }), process('web', { OMNI_API_KEY: KEY, PORT: '9999' })];
  expect(keyAmong(listed, 'http://127.0.0.1:9999')).toEqual({ ok: false, error: 'recover_other_port' });
  expect(keyAmong([], HERE)).toEqual({ ok: false, error: 'recover_no_process' });
  expect(keyAmong([process('omni-api', {})], HERE)).toEqual({ ok: false, error: 'recover_no_key' });
});

test('pm2: of two processes the one that is this server, the newer name first', () => {
  const listed = [
    process('omni-api', { OMNI_API_KEY: 'old', PORT: '8882' }),
    process('omni-v2-api', { OMNI_API_KEY: 'elsewhere', PORT: '1' }),
  ];
  expect(keyAmong(listed, HERE)).toEqual({ ok: true, value: 'old' });
  expect(keyAmong([...listed, process('omni-v2-api', { OMNI_API_KEY: 'new' })], HERE)).toEqual({
    ok: true,
    value: 'new',
  });
});
