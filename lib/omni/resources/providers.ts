import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { path } from '#lib/omni/door/path.ts';
import { read } from '#lib/omni/cache/read.ts';
import type { Result } from '#lib/omni/result.ts';
import {
  providerAnswer,
  providerHealth,
  providerList,
  type Provider,
  type ProviderHealth,
} from '#lib/omni/schemas/providers.ts';

/** All providers by name. Scope `providers:read` (contract §6). */
export function listProviders(omni: Omni): Promise<Result<Provider[], OmniError>> {
  return read(omni, { path: '/providers', schema: providerList });
}

/** One provider. Scope `providers:read` (contract §6). */
export function getProvider(omni: Omni, id: string): Promise<Result<Provider, OmniError>> {
  return read(omni, { path: path`/providers/${id}`, schema: providerAnswer });
}

/** Has Omni ask a provider whether it is up, for at most 5 s. Changes nothing. Scope `providers:read` (contract §6). */
export function checkProvider(
  omni: Omni,
  id: string,
  signal?: AbortSignal,
): Promise<Result<ProviderHealth, OmniError>> {
  return omni.request({
    method: 'POST',
    path: path`/providers/${id}/health`,
    schema: providerHealth,
    reads: true,
    signal,
  });
}
