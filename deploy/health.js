/**
 * Checks the bot's health endpoint at the configured address. Exits with code 1 if it is unhealthy or does
 * not respond.
 */
const { MONITOR_HOST, MONITOR_PORT } = process.env;
const host = MONITOR_HOST || '127.0.0.1';
const address = `http://${host.includes(':') ? `[${host}]` : host}:${MONITOR_PORT}/healthz`;
const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
process.exitCode = answer?.ok === true ? 0 : 1;
