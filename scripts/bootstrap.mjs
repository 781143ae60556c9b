// Runs under whatever Node the machine has (20 or newer): installs what is missing, then goes on under the project's Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.installed');
const ownNode = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function npm(args) {
  const viaNode = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined;
  const [command, first] = viaNode ? [process.execPath, [viaNode]] : ['npm', []];
  const options = {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: !viaNode && process.platform === 'win32',
  };
  return spawnSync(command, [...first, ...args], options).status === 0;
}

/** npm's own record of what lies in node_modules, compared with the lockfile: an install made by hand counts too. */
function installedAsLocked(lock) {
  const kept = read(join(root, 'node_modules', '.package-lock.json'));
  if (!kept) return false;
  const wanted = Object.entries(JSON.parse(lock).packages);
  const there = JSON.parse(kept).packages;
  return wanted.every(([path, entry]) => path === '' || entry.optional || there[path]?.version === entry.version);
}

function ownNodeVersion() {
  if (!existsSync(ownNode)) return '';
  const answer = spawnSync(ownNode, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return answer.stdout?.trim() ?? '';
}

function install() {
  const lock = read(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  if (read(stamp) !== hash) {
    if (!installedAsLocked(lock)) {
      console.log('Installing what is missing (npm ci) …');
      if (!npm(['ci', '--include=dev', '--no-audit', '--no-fund'])) {
        fail('npm ci failed: the lines above say why. Nothing was started.');
      }
    }
    writeFileSync(stamp, hash);
  }
  if (ownNodeVersion().startsWith('v24.')) return;
  console.log('Installing Node 24 for this project (npm rebuild node) …');
  npm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts']);
  const version = ownNodeVersion();
  if (version.startsWith('v24.')) return;
  fail(
    `The project's own Node 24 is not in node_modules/.bin (found ${version || 'none'}): npm did not run the install script of the package "node". ` +
      'Allow install scripts (npm config set ignore-scripts false), delete node_modules and try again.',
  );
}

const [major] = process.versions.node.split('.');
if (Number(major) < 20) fail(`Node 20 or newer is needed to start; this is ${process.version}.`);
const [script, ...rest] = process.argv.slice(2);
if (!script) fail('Usage: node scripts/bootstrap.mjs <script> [arguments]');
install();

const child = spawn(ownNode, ['--conditions=react-server', join(root, script), ...rest], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, PATH: bin + delimiter + process.env.PATH },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
}
