import { MessageFlags, type BaseMessageOptions, type RepliableInteraction } from 'discord.js';
import { pause } from './pause.js';

/**
 * A public "thinking …" can never become private, and Discord waits three seconds for it. Within this time, a
 * request can still be refused privately.
 */
const patienceMs = 2000;
const lookEveryMs = 100;
/** If the event loop is delayed by more than this, acknowledge at once. */
const mostLateMs = 400;

/**
 * Waits for work, for at most {@link patienceMs}.
 * @returns whether it has ended
 * @throws what it throws by then; later errors are left to whoever awaits the work
 */
export async function endsInTime(work: Promise<unknown>): Promise<boolean> {
  const ended = work.then(() => true);
  const startMs = performance.now();
  for (let lookMs = startMs; lookMs - startMs < patienceMs;) {
    if (await Promise.race([ended, pause(lookEveryMs)])) return true;
    const nowMs = performance.now();
    if (nowMs - lookMs > lookEveryMs + mostLateMs) return false;
    lookMs = nowMs;
  }
  return false;
}

/**
 * Answers with the result of work: directly if it ends soon, so that a refusal is private, otherwise after
 * Discord's "thinking …".
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
