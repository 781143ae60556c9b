import { randomBytes } from 'node:crypto';
import { freePort } from './ports.ts';
import { startServer, untilReady, type Server } from './processes.ts';
import { HEAP_FLAGS, SERVER } from './standalone.ts';

export type ConsoleOptions = {
  /** `name=url`, as in OMNI_SERVERS. */
  servers: string;
  storeFile: string;
  /** The built server to start; the one of this build unless given. */
  server?: string;
  port?: number;
  /** Maps as in SESSION_PASSWORDS and STORE_KEYS; made up for this run unless given. */
  secrets?: { session: string; store: string };
  env?: Record<string, string>;
  onLine?: (line: string) => void;
  /** Told of the process at once, so that it can be stopped before it is ready. */
  onStart?: (server: Server) => void;
};

export type RunningConsole = Server & { origin: string; port: number; env: Record<string, string> };

export function randomSecrets(): { session: string; store: string } {
  return { session: `1:${randomBytes(32).toString('base64url')}`, store: `1:${randomBytes(32).toString('base64url')}` };
}

/** The environment of a production console on loopback. */
export function consoleEnv(options: ConsoleOptions, port: number): Record<string, string> {
  const secrets = options.secrets ?? randomSecrets();
  return {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HOSTNAME: '127.0.0.1',
    PORT: String(port),
    APP_ORIGIN: `http://127.0.0.1:${port}`,
    OMNI_SERVERS: options.servers,
    SESSION_PASSWORDS: secrets.session,
    STORE_KEYS: secrets.store,
    STORE_FILE: options.storeFile,
    ...options.env,
  };
}

/** Starts the built console and waits until it answers. Throws with its last lines when it does not. */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const port = options.port ?? (await freePort());
  const env = consoleEnv(options, port);
  const server = startServer([...HEAP_FLAGS, options.server ?? SERVER], env, options.onLine);
  options.onStart?.(server);
  const origin = `http://127.0.0.1:${port}`;
  try {
    await untilReady('The console', `${origin}/api/health/live`, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { ...server, origin, port, env };
}
