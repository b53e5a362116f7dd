/** What Discord's own client refuses to send: the bot never hears of it. */
export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';
}
