/** Why a key is revoked, as its form offers it; what Omni keeps is the text in the reader's language. */
export const REVOKE_REASONS = ['unneeded', 'replaced', 'left', 'suspicious', 'leaked', 'unshown'] as const;
export type RevokeReason = (typeof REVOKE_REASONS)[number];
