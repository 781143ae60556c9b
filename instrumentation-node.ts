import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { EnvError, env, type Env } from '#lib/env.ts';
import { isTrustedProxy } from '#lib/session/trusted-proxies.ts';

/** Checks the configuration and decides, request by request, whose address is believed. */
export async function start(): Promise<void> {
  const configuration = readConfiguration();
  subscribe('http.server.request.start', (message) => {
    if (isStart(message)) believeOnlyTrustedProxies(message.request, configuration.TRUSTED_PROXIES);
  });
}

function readConfiguration(): Env {
  try {
    return env();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`The console cannot start:\n${error.message}\n`);
    process.exit(1);
  }
}

/** App Router shows no socket: forwarded headers from anyone else are replaced by the peer's own address. */
function believeOnlyTrustedProxies(request: IncomingMessage, trusted: readonly string[]): void {
  const peer = request.socket.remoteAddress ?? '';
  if (isTrustedProxy(peer, trusted)) return;
  delete request.headers['x-forwarded-host'];
  delete request.headers['x-forwarded-proto'];
  delete request.headers['x-forwarded-port'];
  delete request.headers.forwarded;
  delete request.headers['x-real-ip'];
  request.headers['x-forwarded-for'] = peer.replace(/^::ffff:/, '');
}

function isStart(message: unknown): message is { request: IncomingMessage } {
  return typeof message === 'object' && message !== null && 'request' in message;
}
