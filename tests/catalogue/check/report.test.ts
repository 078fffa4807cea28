import t from 'tap'
import { reports } from '../../../service/catalogue/check/report.ts'

t.test(
  'nothing of a template is a command, for a terminal or for the runner of GitHub Actions',
  async (t) => {
    const odd = '\u001b[31m\u009b1m\u202e##[error]x\n::stop-commands::x'
    const files = [
      '::stop-commands::a.ipynb',
      ' ::stop-commands::a.ipynb',
      '##[error]a.ipynb',
      'a##[error].ipynb',
      odd,
    ]
    const findings = files.map(
      (file) => ({ file, severity: 'fault', code: 'unusable', message: odd, remedy: odd }) as const,
    )
    for (const format of ['text', 'json', 'github'] as const) {
      const written = reports[format]({ templates: files.length, findings }, '.')
      t.match(written, '[31m', 'what is odd can be seen')
      t.notMatch(written, '##[', format)
      const commands = written.split('\n').filter((line) => /^\s*::/.test(line))
      if (format !== 'github') t.strictSame(commands, [], format)
      else
        t.ok(commands.length === files.length && commands.every((line) => line.startsWith('::error file=')))
      // In JSON some stay as they are: programs read it, and none of them ends a line.
      if (format !== 'json') t.notMatch(written.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u, format)
    }
    t.match(
      reports.text({ templates: 1, findings: findings.slice(0, 1) }),
      /^\.\/::stop-commands::a\.ipynb: /,
    )
    t.strictSame(
      JSON.parse(reports.json({ templates: 1, findings })).findings,
      findings,
      'programs read it as it is',
    )
  },
)
