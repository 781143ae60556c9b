// A registry mirror that lacks other systems' binaries makes npm leave them out of the lockfile, and `npm ci` then
// refuses it. This writes the missing entries by their names; npm fetches such a package only on the system it is for.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './servers/processes.ts';

type Entry = {
  version?: string;
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
const [root, ...rest] = Object.entries({ ...lock.packages, ...added }).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(root ? [root, ...rest] : rest);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${Object.keys(added).length} entries added to package-lock.json.`);
