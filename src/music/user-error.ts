/**
 * A mistake or a limit that a user can do something about. Its message is one clear
 * sentence that says what to do, and is shown to the user exactly as it stands.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  /** @param code stable, dotted, e.g. `midi.too-long`: for logs, tests and translations. */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
