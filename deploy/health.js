/**
 * Asks the bot whether it is well, at the address where it tells so. Ends with code 1 when it says no,
 * or nothing answers there.
 */
const { MONITOR_HOST, MONITOR_PORT } = process.env;
const host = MONITOR_HOST || '127.0.0.1';
const address = `http://${host.includes(':') ? `[${host}]` : host}:${MONITOR_PORT}/healthz`;
const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
process.exitCode = answer?.ok === true ? 0 : 1;
