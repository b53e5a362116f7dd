/** What can be wrong with a setting; the messages are in `i18n/en/operators.ts`. */
export type SettingProblem =
  | 'token-missing'
  | 'token-form'
  | 'http-address'
  | 'hosts'
  | 'shard-list'
  | 'shards-alone'
  | 'shard-numbers'
  | 'user-ids'
  | 'whole-number'
  | 'mebibytes'
  | 'seconds'
  | 'redis-missing'
  | 'redis-address'
  | 'choice'
  | 'least'
  | 'most';

/** A setting is missing or invalid. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /**
   * @param setting its name
   * @param problem what is wrong with it
   * @param allowed the choices, or the limit that it exceeds
   */
  constructor(
    readonly setting: string,
    readonly problem: SettingProblem,
    readonly allowed: string,
  ) {
    super(`${setting}: ${problem}`);
  }
}
