/** What can be wrong with a setting; `i18n/en/operators.ts` has the words. */
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

/** A setting is missing or wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /**
   * @param setting its name
   * @param problem what is wrong with it
   * @param allowed the choices, or the limit that it is beyond
   */
  constructor(
    readonly setting: string,
    readonly problem: SettingProblem,
    readonly allowed: string,
  ) {
    super(`${setting}: ${problem}`);
  }
}
