# The console as one image: npm's tools and the sources stay in the first stage.
FROM node:24-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# The same for all replicas, or one cannot read what another's page sends. It ends up in the image: keep the image private.
ARG NEXT_SERVER_ACTIONS_ENCRYPTION_KEY
ARG NEXT_DEPLOYMENT_ID
RUN NEXT_TELEMETRY_DISABLED=1 npm run build

# The embedded Omni of compose.yaml's demo.
FROM node:24-slim AS sandbox
WORKDIR /sandbox
COPY --from=build /src/package.json ./
COPY --from=build /src/sandbox ./sandbox
COPY --from=build /src/node_modules/hono ./node_modules/hono
COPY --from=build /src/node_modules/@hono ./node_modules/@hono
USER node
EXPOSE 8882
CMD ["node", "sandbox/main.ts", "--host", "0.0.0.0", "--traffic"]

FROM node:24-slim AS console
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000 STORE_FILE=/data/console.db
WORKDIR /console
COPY --from=build --chown=root:root /src/.next/standalone ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=4s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/live`).then(({ok})=>process.exit(ok?0:1),()=>process.exit(1))"]
CMD ["node", "--max-old-space-size=384", "--max-semi-space-size=4", "server.js"]
