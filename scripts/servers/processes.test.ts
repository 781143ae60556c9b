import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from './ports.ts';
import { ROOT, run, startServer, untilReady } from './processes.ts';

const serve = (port: number) => [
  '-e',
  `require('node:http').createServer((_, answer) => answer.end('ok')).listen(${port}, '127.0.0.1'); console.log('up')`,
];

function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    (answer) => answer.ok,
    () => false,
  );
}

test('startServer: a server is waited for, its lines are kept, and stop ends it', async () => {
  const port = await freePort();
  const server = startServer(serve(port), {});
  await untilReady('It', `http://127.0.0.1:${port}/`, server);
  expect(server.lines).toEqual(['up']);
  await server.stop();
  expect(await server.exited).toBe('SIGTERM');
});

test('untilReady: a server that dies is reported with its last words', async () => {
  const server = startServer(['-e', "console.log('PORT is wrong'); process.exit(3)"], {});
  await expect(untilReady('It', 'http://127.0.0.1:9/', server)).rejects.toThrow(/exit code 3[\s\S]*PORT is wrong/);
});

test('startServer: a server whose starter was killed does not stay behind', async () => {
  const port = await freePort();
  const script = `
    const { startServer, untilReady } = await import(${JSON.stringify(join(ROOT, 'scripts', 'servers', 'processes.ts'))});
    const server = startServer(${JSON.stringify(serve(port))}, {});
    await untilReady('It', 'http://127.0.0.1:${port}/', server);
    console.log('ready');`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => starter.stdout.once('data', resolve));
  expect(await answers(port)).toBe(true);
  starter.kill('SIGKILL');
  await expect.poll(() => answers(port)).toBe(false);
});

test('run: a program is interrupted at the deadline, and its own exit code stands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'omni-run-'));
  const marker = join(folder, 'up');
  const deadline = new AbortController();
  const program = `
    process.on('SIGINT', () => process.exit(7));
    setInterval(() => {}, 1000);
    require('node:fs').writeFileSync(${JSON.stringify(marker)}, '');`;
  const ended = run(process.execPath, ['-e', program], {}, deadline.signal);
  await expect.poll(() => existsSync(marker)).toBe(true);
  deadline.abort();
  expect(await ended).toBe(7);
  rmSync(folder, { recursive: true });
});
