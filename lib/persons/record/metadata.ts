import type { Json, Text } from '#lib/operations/plan/define.ts';

/** Limits of metadata written here: beyond them it belongs in another system. */
export const METADATA_BYTES = 16_384;
export const METADATA_DEPTH = 8;

/** Why metadata is not accepted, or null. */
export function metadataProblem(metadata: { [key: string]: Json }): Text | null {
  if (depthOf(metadata) > METADATA_DEPTH) return { key: 'edit.metadata-deep', values: { most: METADATA_DEPTH } };
  const bytes = new TextEncoder().encode(JSON.stringify(metadata)).length;
  if (bytes > METADATA_BYTES) return { key: 'edit.metadata-large', values: { most: METADATA_BYTES } };
  return null;
}

function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map((item) => depthOf(item)));
}
