import { readdirSync, readFileSync } from 'node:fs';

/** How nice each thread of this process is to others (proc(5)). Linux only. */
export function threadNiceness(): number[] {
  return readdirSync('/proc/self/task').map((task) => {
    const text = readFileSync(`/proc/self/task/${task}/stat`, 'latin1');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[16]);
  });
}
