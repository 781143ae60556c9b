import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePort, pickPort } from './ports.ts';

let holder: Server | undefined;

afterEach(() => {
  holder?.close();
});

test('pickPort: a taken port is passed over, a free one is kept', async () => {
  const port = await freePort();
  expect(await pickPort(port)).toBe(port);
  holder = createServer();
  await new Promise<void>((resolve) => holder?.listen(port, '127.0.0.1', resolve));
  expect(await pickPort(port)).not.toBe(port);
});
