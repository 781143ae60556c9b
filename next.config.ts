import type { NextConfig } from 'next';

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  logging: { serverFunctions: false },
  deploymentId: process.env.NEXT_DEPLOYMENT_ID,
  experimental: { authInterrupts: true },
};

export default config;
