import type { NextConfig } from 'next';

const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
];

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  logging: { serverFunctions: false },
  deploymentId: process.env.NEXT_DEPLOYMENT_ID,
  experimental: { authInterrupts: true },
  // Messages arrive compiled (lib/i18n/messages.ts): the parser stays out of the browser and of every render.
  turbopack: { resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
};

export default config;
