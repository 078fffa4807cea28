export interface SettingsFault {
  /** The environment variable. */
  readonly name: string
  readonly reason: string
}

/** All that is wrong with the settings, one line a fault in `message`. */
export class SettingsError extends Error {
  readonly faults: readonly SettingsFault[]
  constructor(faults: readonly SettingsFault[], options: { cause?: unknown } = {}) {
    const lines = faults.map(({ name, reason }) => `  ${name} ${reason}`)
    super(`The settings have ${faults.length === 1 ? 'a fault' : 'faults'}:\n${lines.join('\n')}`, options)
    this.name = 'SettingsError'
    this.faults = faults
  }
}
