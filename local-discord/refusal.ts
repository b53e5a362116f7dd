/** An action that Discord's own client refuses, so that it never reaches the bot. */
export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';
}
