# Two stages: the first builds, the second contains only what the bot needs to run.
FROM node:24.22.3-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# None of the packages needs its install script.
RUN npm ci --ignore-scripts
COPY . .
# Removes what is only needed to build: compilers, TensorFlow, the reader of Keras files, and source maps.
RUN npm run build:program && npm run build:kernel && \
  npm prune --omit=dev --ignore-scripts --no-audit && \
  find node_modules -name '*.map' -delete

FROM node:24.22.3-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data MONITOR_PORT=9464 MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE /app/NOTICE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/assets assets
COPY --from=build /app/deploy/health.js health.js
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
# For a worker, which has no health endpoint: docker run --no-healthcheck.
HEALTHCHECK --start-period=60s CMD ["node", "health.js"]
STOPSIGNAL SIGTERM
CMD ["node", "--optimize-for-size", "--v8-pool-size=1", "dist/main.js"]
