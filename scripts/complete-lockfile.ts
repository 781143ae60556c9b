// A registry mirror that lacks other systems' binaries makes npm leave them out of the lockfile, and `npm ci` then
// refuses it. This writes the missing entries by their names, and asks the registry for digest and licence of each package that
// lacks them; npm fetches such a package only on the system it is for, and then refuses another text under its name.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './servers/processes.ts';

type Entry = {
  version?: string;
  integrity?: string;
  license?: string;
  link?: boolean;
  inBundle?: boolean;
  cpu?: string[];
  dev?: boolean;
  libc?: string[];
  optional?: boolean;
  os?: string[];
  optionalDependencies?: Record<string, string>;
};

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** The entry npm itself would write, or nothing when the name tells no processor. */
function entryFor(name: string, version: string, dev: boolean | undefined): Entry | undefined {
  const words = name.split('-');
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const os = SYSTEMS.filter((system) => words.includes(system));
  const libc = name.endsWith('gnu') ? ['glibc'] : name.endsWith('musl') ? ['musl'] : [];
  if (cpu.length === 0) return undefined;
  return {
    version,
    cpu,
    ...(dev ? { dev } : {}),
    ...(os.includes('linux') && libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

/** What the registry says of a package. Throws where it has no digest: a package nobody can check is no package. */
async function told(name: string, version = ''): Promise<{ integrity: string; license?: string }> {
  const args = ['view', `${name}@${version}`, 'dist.integrity', 'license', '--json'];
  const { 'dist.integrity': integrity, license } = JSON.parse((await promisify(execFile)('npm', args)).stdout);
  if (!String(integrity).startsWith('sha512-')) throw new Error(`The registry has no digest of ${name}@${version}.`);
  return { integrity, ...(license ? { license } : {}) };
}

const file = join(ROOT, 'package-lock.json');
const lock: { packages: Record<string, Entry> } = JSON.parse(readFileSync(file, 'utf8'));
const added: Record<string, Entry> = {};
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const known = [`node_modules/${name}`, `${path}/node_modules/${name}`].some((place) => lock.packages[place]);
    const made = known ? undefined : entryFor(name, version, entry.dev);
    if (made) added[`node_modules/${name}`] = made;
  }
}
lock.packages = { ...lock.packages, ...added };
let completed = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === '' || (entry.integrity && (entry.license || entry.dev)) || entry.link || entry.inBundle) continue;
  const { version, ...more } = entry;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  lock.packages[path] = { version, ...(await told(name, version)), ...more };
  completed += 1;
}
const [root, ...rest] = Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(root ? [root, ...rest] : rest);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${Object.keys(added).length} entries and ${completed} digests and licences added to package-lock.json.`);
