import { z } from 'zod';
import { data, items, listOf, number, text, time, timeOrNull } from './wire.ts';

/** Keys and `schemaConfig` are left out; an address keeps neither user, password nor query. */
const address = z.string().transform((value) => {
  const url = URL.parse(value);
  return url ? `${url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin}${url.pathname}` : '';
});

const provider = z.object({
  id: z.string(),
  name: z.string(),
  schema: z.string(),
  baseUrl: address,
  description: text,
  tags: listOf(z.string()),
  isActive: z.boolean(),
  /** Seconds. */
  defaultTimeout: number,
  lastHealthCheck: timeOrNull,
  lastHealthStatus: text,
  createdAt: time,
  updatedAt: time,
});

export const providerAnswer = data(provider);
export const providerList = items(provider);

/** `latency` in milliseconds. The provider's own error text is left out: it may name inner addresses. */
export const providerHealth = z.object({ healthy: z.boolean(), latency: z.number() });

export type Provider = z.infer<typeof provider>;
export type ProviderHealth = z.infer<typeof providerHealth>;
