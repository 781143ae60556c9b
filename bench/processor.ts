import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `getconf CLK_TCK`: what /proc counts processor time in, everywhere Linux runs Node. */
const TICKS_A_SECOND = 100;

/** User and system time in a `stat` of /proc, in seconds; 0 for a process that is gone. */
function secondsIn(file: string): number {
  try {
    const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return 0;
  }
}

/** Seconds of processor a process has had so far, and how many of these its main thread had. */
export function processorOf(pid: number | undefined): { all: number; main: number } {
  return { all: secondsIn(`/proc/${pid}/stat`), main: secondsIn(`/proc/${pid}/task/${pid}/stat`) };
}

/** Seconds of processor this process has had so far. */
export function ownProcessor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Seconds of processor everything on the machine has had so far; 0 where there is no /proc. */
export function machineProcessor(): number {
  try {
    const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.split(/\s+/).slice(1).map(Number) ?? [];
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = fields;
    return (user + nice + system + irq + softirq) / TICKS_A_SECOND;
  } catch {
    return 0;
  }
}

/** The processes whose command line says `text`: those of a PostgreSQL name their database. */
export function processesNamed(text: string): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && commandOf(name).includes(text))
      .map(Number);
  } catch {
    return [];
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Keeps a process with all its threads to these cores; false where the machine has no `taskset`. */
export function keepTo(pid: number | undefined, cores: string): boolean {
  return spawnSync('taskset', ['-a', '-c', '-p', cores, String(pid)], { stdio: 'ignore' }).status === 0;
}

const GROUPS = '/sys/fs/cgroup';
/** Microseconds after which a share is given anew: short, so that nobody waits long for it. */
const PERIOD_US = 10_000;

/**
 * Lets a process with all its threads have at most this share of one core, by a control group of its own. Answers what takes
 * the limit away again; null where the machine's control groups may not be written.
 */
export function limitTo(pid: number | undefined, share: number): (() => void) | null {
  const old = existsSync(join(GROUPS, 'cpu'));
  const root = old ? join(GROUPS, 'cpu') : GROUPS;
  const group = join(root, `omni-bench-${pid}`);
  const quota = String(Math.round(share * PERIOD_US));
  try {
    if (!old) writeFileSync(join(root, 'cgroup.subtree_control'), '+cpu');
    mkdirSync(group);
    if (old) writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD_US));
    writeFileSync(join(group, old ? 'cpu.cfs_quota_us' : 'cpu.max'), old ? quota : `${quota} ${PERIOD_US}`);
    writeFileSync(join(group, 'cgroup.procs'), String(pid));
  } catch {
    return null;
  }
  return () => {
    writeFileSync(join(root, 'cgroup.procs'), String(pid));
    rmdirSync(group);
  };
}
