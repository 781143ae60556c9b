import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
const PRELOAD = join(ROOT, 'scripts', 'servers', 'leave-with-parent.mjs');
const STOP_MS = 5000;
/** Against a hang, not a measure: a busy machine takes its time. */
const READY_MS = 600_000;
/** How long an interrupted program may take to say what it was at. */
const LAST_WORDS_MS = 30_000;

/** A server started by a script: its lines are kept, `exited` settles once with the reason, `stop` ends it for good. */
export type Server = {
  child: ChildProcess;
  lines: string[];
  exited: Promise<string>;
  stop: () => Promise<void>;
};

/** Starts a Node program that dies with this process. `env` is all it gets besides PATH and the basics of the machine. */
export function startServer(args: string[], env: Record<string, string>, onLine?: (line: string) => void): Server {
  const child = spawn(process.execPath, ['--import', PRELOAD, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { NODE_ENV: 'production', ...machineEnv(), ...env },
  });
  return serverOf(child, onLine);
}

/** A process that was started otherwise, as a server: its output is to be piped. */
export function serverOf(child: ChildProcess, onLine?: (line: string) => void): Server {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) keep(line);
    });
    stream?.on('end', () => rest && keep(rest));
  }
  function keep(line: string): void {
    lines.push(line);
    onLine?.(line);
  }
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { child, lines, exited, stop: () => stop(child, exited) };
}

async function stop(child: ChildProcess, exited: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(timer);
}

/** What a child needs of the environment; nothing that configures the console leaks in from a developer's shell. */
export function machineEnv(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'CI', 'TERM'];
  const entries = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

/** Asks `url` until it answers 2xx. Throws with the server's last lines when it dies or takes longer than `timeoutMs`. */
export async function untilReady(name: string, url: string, server: Server, timeoutMs = READY_MS): Promise<void> {
  const until = Date.now() + timeoutMs;
  let ended: string | undefined;
  void server.exited.then((reason) => (ended = reason));
  while (Date.now() < until) {
    if (ended) throw new Error(`${name} stopped (${ended}):\n${server.lines.slice(-20).join('\n')}`);
    if (await answersWell(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} did not answer at ${url} in ${timeoutMs / 1000} s:\n${server.lines.slice(-20).join('\n')}`);
}

/** Whether a whole 2xx answer comes within ten seconds. */
async function answersWell(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/**
 * Runs a program in the foreground with its output shown, and answers with its exit code. When `deadline` aborts, the program
 * is interrupted, so that it can still say what it was at, and half a minute later killed.
 */
export function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
  deadline?: AbortSignal,
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    let timer: NodeJS.Timeout | undefined;
    const interrupt = () => {
      child.kill('SIGINT');
      timer = setTimeout(() => child.kill('SIGKILL'), LAST_WORDS_MS);
    };
    const end = (code: number) => {
      clearTimeout(timer);
      deadline?.removeEventListener('abort', interrupt);
      resolve(code);
    };
    if (deadline?.aborted) interrupt();
    else deadline?.addEventListener('abort', interrupt, { once: true });
    child.once('error', (error) => {
      console.error(error.message);
      end(1);
    });
    child.once('exit', (code) => end(code ?? 1));
  });
}

/** The program `name` that npm installed, to be run by this Node. */
export function bin(name: string): string {
  return join(ROOT, 'node_modules', '.bin', name);
}
