import t from 'tap'
import { checkDeclared, checkLiterals, checkNames, checkRecognised } from '../shared/tables.ts'

t.test('PowerShell has literals for every kind of value', async (t) => {
  checkLiterals(t, 'PowerShell', [
    ['null', '$x = $null'],
    ['true', '$x = $true'],
    ['-0', '$x = 0'],
    ['2147483648', '$x = 2147483648'],
    ['9223372036854775807', '$x = 9223372036854775807'],
    ['-9223372036854775807', '$x = -9223372036854775807'],
    ['-9223372036854775808', '$x = [long]::MinValue'],
    ['9223372036854775808', "$x = [bigint]'9223372036854775808'"],
    ['-12345678901234567890', "$x = [bigint]'-12345678901234567890'"],
    ['1.0', '$x = 1.0'],
    ['1E+05', '$x = 1e+05'],
    ['-0.0', '$x = -0.0'],
    ['1E400', '$x = [double]::PositiveInfinity # beyond the range of double'],
    ['-Infinity', '$x = [double]::NegativeInfinity'],
    ['NaN', '$x = [double]::NaN'],
    ['"µm $x $(x) `a` \\"b\\" #"', '$x = \'µm $x $(x) `a` "b" #\''],
    ['"it\'s ‘a’ ‚b‛ “c” „d”"', "$x = 'it''s ‘‘a’’ ‚‚b‛‛ “c” „d”'"],
    ['"\\n$x `\\"“”„#\\u0000\\t\\u202e\'’"', '$x = "`n`$x ```"`“`”`„`#`0`t`u{202e}\'’"'],
    ['[]', '$x = @()'],
    ['[1]', '$x = @(1)'],
    ['[[]]', '$x = @(,@())'],
    ['[[1, 2], ["a"]]', "$x = @(@(1, 2), @('a'))"],
    ['[{}]', '$x = @([ordered]@{})'],
    ['{"a b": 1, "if": {"": [null]}}', "$x = [ordered]@{'a b' = 1; 'if' = [ordered]@{'' = @($null)}}"],
    ['{"a": 1, "A": 2}', `$x = '{"a":1,"A":2}' # names that are one to PowerShell: JSON text`],
    [
      '{"x": {"é": 1, "e\u0301": 2}, "y": 3}',
      `$x = [ordered]@{'x' = '{"é":1,"e\u0301":2}'; 'y' = 3} # names that are one to PowerShell: JSON text`,
    ],
    [
      '{"first": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "second": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}',
      "$x = [ordered]@{\n    'first' = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'\n    'second' = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'\n}",
    ],
  ])
})

t.test('automatic variables are mapped, whatever their case', async (t) => {
  checkNames(t, 'PowerShell', [
    ['größe', 'größe'],
    ['2nd', '2nd'],
    ['if', 'if'],
    ['a-b', 'a_b'],
    ['𝐱', '__'],
    ['', 'x_'],
    ['PID', 'PID_'],
    ['Host', 'Host_'],
    ['input', 'input_'],
    ['_', '__'],
    ['True', 'True_'],
    ['PSDefaultParameterValues', 'PSDefaultParameterValues_'],
    ['ErrorActionPreference', 'ErrorActionPreference_'],
    ['OFS', 'OFS_'],
  ])
  checkNames(
    t,
    'PowerShell',
    [
      ['ofs', 'ofs'],
      ['pid', 'pid_'],
      ['psdefaultparametervalues', 'psdefaultparametervalues_'],
    ],
    ['OFS', 'PID', 'PSDefaultParameterValues'],
  )
})

t.test('the template’s own assignments are read', async (t) => {
  checkDeclared(t, 'PowerShell', [
    ['$a = \'x\'\n$b = "y"; $c = 5\n[string]$d = $null\n[int] $e = 5', 'a, b, c?, d, e?'],
    ["if ($x) { $a = 'x' }\n  $b = 'y'\n$c.d = 'e'; $f['g'] = 'h'; $env:PATH = 'x'", ''],
    ["# $a = 'x'\n<# $b = 'y' #>\n$c = @'\n$d = 'z'\n'@", 'c'],
    ["$\u007ba b} = 'x'\n$c = 'it''s'\n$d = \"a`\"b\"", 'a b, c, d'],
  ])
})

t.test('its kernels are known', async (t) => {
  checkRecognised(
    t,
    'PowerShell',
    ['powershell', 'PowerShell', 'pwsh'],
    ['powershell', '.net-powershell', '.net-pwsh', 'pwsh'],
  )
})
