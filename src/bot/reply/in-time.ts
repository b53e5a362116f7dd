import { setTimeout as sleep } from 'node:timers/promises';
import { MessageFlags, type BaseMessageOptions, type RepliableInteraction } from 'discord.js';

/**
 * A public "thinking …" can never become private, and Discord waits three seconds for it: so this is the time
 * for finding out whether to refuse something.
 */
const patienceMs = 2000;
const lookEveryMs = 100;
/** A process that is later than this has no time to spare. */
const mostLateMs = 400;

/**
 * Waits for work, but not for long.
 * @returns whether it has ended
 * @throws what it throws by then; what it throws later is for whoever awaits it
 */
export async function endsInTime(work: Promise<unknown>): Promise<boolean> {
  const ended = work.then(() => true);
  const startMs = performance.now();
  for (let lookMs = startMs; lookMs - startMs < patienceMs;) {
    if (await Promise.race([ended, sleep(lookEveryMs, false)])) return true;
    const nowMs = performance.now();
    if (nowMs - lookMs > lookEveryMs + mostLateMs) return false;
    lookMs = nowMs;
  }
  return false;
}

/**
 * Answers with what work gives: at once where it ends soon, so that a refusal is for the person alone, else in place
 * of Discord's "thinking …".
 * @throws what the work throws
 */
export async function answerWith(
  interaction: RepliableInteraction,
  isPrivate: boolean,
  work: Promise<string | BaseMessageOptions>,
): Promise<void> {
  const flags = isPrivate ? ({ flags: MessageFlags.Ephemeral } as const) : {};
  if (!(await endsInTime(work))) {
    await interaction.deferReply(flags);
    await interaction.editReply(await work);
    return;
  }
  const answer = await work;
  await interaction.reply({ ...(typeof answer === 'string' ? { content: answer } : answer), ...flags });
}
