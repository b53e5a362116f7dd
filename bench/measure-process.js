/** What Linux says of a running process, which core it runs on, and a port for it to listen on. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { getPriority } from 'node:os';

/** CPU time is reported in units of 10 ms. */
const tickMs = 10;

/** CPU time of a process, of all its threads. */
export function cpuMs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may contain spaces: fields 14 and 15 of proc(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Resident memory of a process. */
export function residentMebibytes(pid) {
  return mebibytesOf(pid, 'VmRSS');
}

/** The most resident memory that a process has had. */
export function peakMebibytes(pid) {
  return mebibytesOf(pid, 'VmHWM');
}

function mebibytesOf(pid, field) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)[1]) / 1024;
}

/** Keeps the most urgent thread of a process on one core. @returns how urgent it is: its niceness */
export function keepMostUrgentThreadOn(core, pid) {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) => ({ id, niceness: getPriority(Number(id)) }));
  const { id, niceness } = threads.reduce((a, b) => (b.niceness < a.niceness ? b : a));
  execFileSync('taskset', ['--cpu-list', '--pid', String(core), id]);
  return niceness;
}

/** A free port on this machine. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
