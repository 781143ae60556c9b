import 'server-only';
import { channel } from 'node:diagnostics_channel';

/**
 * Something that happened once. `ms`: how long it took. Every text in it is one of few words of ours, since each becomes a row of the
 * metrics: pages by their pattern, servers by their id, operations by their name.
 */
export type Measurement =
  | { of: 'request'; page: string; method: string; status: string; ms: number }
  | { of: 'call'; server: string; resource: string; outcome: string; ms: number }
  | { of: 'statement'; ms: number; ok: boolean }
  | { of: 'operation'; operation: string; outcome: string };

const measurements = channel('omni-console.measured');

/** Tells whoever listens. Nobody does unless metrics or traces are on, and then this costs nothing. Never throws. */
export function measure(measurement: Measurement): void {
  if (measurements.hasSubscribers) measurements.publish(measurement);
}

/** Hears every measurement of this process from now on, in the asynchronous context it was made in. */
export function onMeasured(hear: (measurement: Measurement) => void): void {
  measurements.subscribe((message) => hear(message as Measurement));
}
