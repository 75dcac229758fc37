# Built: everything; run: Node, the production packages and the compiled program. The embedded PostgreSQL is not in the
# image (it is an optional package): a container needs DATABASE_URL.
ARG NODE=node:22-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=optional --ignore-scripts
COPY . .
RUN npm run build && rm -rf dist/cli/demo dist/cli/sandbox dist/sandbox && find dist -name '*.map' -delete

FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

FROM ${NODE}
# Each thread of Node.js would get memory of its own from glibc, and keep what is free of it.
ENV NODE_ENV=production MALLOC_ARENA_MAX=1
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY prisma/migrations prisma/migrations
COPY package.json ./
# Lets `npm run -s sync` and `npm run -s plan` run as they do elsewhere; without sources it builds nothing.
COPY .config/*.mjs .config/
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
# Where the server listens, whatever HOST and PORT say: by a shell, which knows both.
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD exec node dist/health/probe.js "$HOST" "$PORT"
# As `npm start`. V8 lets a young heap grow to 48 MB, and an old one to four times of what is alive: smaller limits leave that
# memory to the database beside. Pretenuring places what belongs to one response in the old generation while many reads wait for
# the database, where only full collections free it. The last two flags save a sixth of the CPU of a service that only syncs: V8 would
# forget the code of what runs every few seconds and compile it again, and collect three times where once does. Worker processes are
# started with the same flags.
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=20", "--no-allocation-site-pretenuring", "--no-flush-bytecode", "--no-memory-reducer", "dist/main.js"]
