import { parseArgs } from 'node:util';
import { GENERATIONS, type Generation } from './world/database-errors.ts';
import { startSandbox, type Sandbox } from './wire/server.ts';
import { makeTraffic } from './world/traffic.ts';

const USAGE = `npm run sandbox -- [--port 8882] [--host 127.0.0.1] [--persons 500] [--seed 1] [--file world.db] [--generation ${GENERATIONS.join('|')}] [--traffic]

An embedded Omni with made-up people. Its keys are known to everybody: --host is for a container. --file keeps its world; --traffic lets them write.`;
const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    port: { type: 'string', default: '8882' },
    host: { type: 'string', default: '127.0.0.1' },
    persons: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    file: { type: 'string' },
    generation: { type: 'string', default: 'measured' },
    traffic: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  return leave(`--${name} must be a whole number from ${least} up, not "${text}".`);
}

function generation(text: string): Generation {
  return GENERATIONS.find((known) => known === text) ?? leave(`--generation is one of ${GENERATIONS.join(', ')}.`);
}

function leave(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

const port = whole('port', values.port, 0);

async function start(): Promise<Sandbox> {
  try {
    return await startSandbox({
      port,
      host: values.host,
      persons: whole('persons', values.persons, 100),
      seed: whole('seed', values.seed, 0),
      generation: generation(values.generation),
      ...(values.file === undefined ? {} : { file: values.file }),
    });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (taken)
      return leave(`Port ${port} of ${values.host} is taken. Stop what listens there, or choose another with --port.`);
    throw error;
  }
}

const sandbox = await start();
console.log(`Omni sandbox on ${sandbox.url} (API under /api/v2, faults and clock under /__sandbox)`);
for (const [name, key] of Object.entries(sandbox.keys)) console.log(`  ${name.padEnd(16)} ${key}`);

const leaving = new AbortController();
if (values.traffic) void makeTraffic(sandbox.url, leaving.signal);

async function stop(): Promise<void> {
  leaving.abort();
  await sandbox.stop();
  process.exit(0);
}

process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());
