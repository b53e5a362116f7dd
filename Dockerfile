# Two stages: the first builds, the second holds what runs and nothing else.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package of the project needs its install script.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build:program && npm run build:kernel && npm prune --omit=dev --ignore-scripts && \
  find node_modules -name '*.map' -delete

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE /app/NOTICE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/assets assets
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
# Answers only where MONITOR_PORT is set; without it, the process alone tells whether it lives.
HEALTHCHECK --start-period=60s CMD ["node", "-e", "const port = process.env.MONITOR_PORT; if (port) fetch(`http://127.0.0.1:${port}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--optimize-for-size", "--v8-pool-size=1", "dist/main.js"]
