import { readdirSync, readFileSync } from 'node:fs';

/** The niceness of each thread of this process (proc(5)). Linux only. */
export function threadNiceness(): number[] {
  return readdirSync('/proc/self/task').map((task) => {
    const text = readFileSync(`/proc/self/task/${task}/stat`, 'latin1');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[16]);
  });
}
