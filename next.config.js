/** @type {import('next').NextConfig} */
export default {
  serverExternalPackages: [
    '@electric-sql/pglite',
    'pg-boss',
    'postgres',
    'jsforce',
    '@hubspot/api-client',
    '@cedar-policy/cedar-wasm',
    'pino',
    'date-holidays',
    'countries-and-timezones',
    '@langchain/core',
    '@langchain/openai',
    'langchain',
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true },
};
