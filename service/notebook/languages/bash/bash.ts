import type { Value } from '../../parameters/value.ts'
import { writeValue } from '../../parameters/write.ts'
import { type Declared, type Language, nfkc, words } from '../language.ts'
import { escapeUnseen, hasUnseen } from '../shared/texts.ts'
import { declaredInBash } from './bash-cell.ts'

// What Bash runs or evaluates when it uses it, finds its own programs by, or keeps as an integer: text in these is
// code. Not even a template that sets them may hand them to its senders.
const executed = words(`
  _ BASH BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_COMPAT BASH_ENV
  BASH_EXECUTION_STRING BASH_LINENO BASH_LOADABLES_PATH BASH_MONOSECONDS BASH_REMATCH BASH_SOURCE BASH_SUBSHELL
  BASH_TRAPSIG BASH_VERSINFO BASH_VERSION BASH_XTRACEFD COMP_CWORD COMP_KEY COMP_POINT COMP_TYPE DIRSTACK ENV
  EPOCHREALTIME EPOCHSECONDS EUID FCEDIT FUNCNAME FUNCNEST GROUPS HISTCMD HISTFILE INPUTRC LINENO MAILCHECK MAILPATH
  OPTERR OPTIND PIPESTATUS PPID PROMPT_COMMAND PROMPT_DIRTRIM PS0 PS1 PS2 PS3 PS4 RANDOM READLINE_ARGUMENT
  READLINE_MARK READLINE_POINT SECONDS SHELLOPTS SHLVL SRANDOM UID`)

// What else Bash reads (Bash Reference Manual, 5), and what programs do that notebooks start.
const needed = words(`
  CDPATH CHILD_MAX COLUMNS COMPREPLY COMP_LINE COMP_WORDBREAKS COMP_WORDS COPROC EMACS EXECIGNORE FIGNORE GLOBIGNORE
  GLOBSORT HISTCONTROL HISTFILESIZE HISTIGNORE HISTSIZE HISTTIMEFORMAT HOME HOSTFILE HOSTNAME HOSTTYPE IFS IGNOREEOF
  INSIDE_EMACS LANG LANGUAGE LINES MACHTYPE MAIL MAPFILE OLDPWD OPTARG OSTYPE PATH POSIXLY_CORRECT POSIX_PEDANTIC PWD
  READLINE_LINE REPLY SHELL TERM TERMCAP TERMINFO TEXTDOMAIN TEXTDOMAINDIR TIMEFORMAT TMOUT TMPDIR TZ auto_resume
  histchars history_control hostname_completion_file ignoreeof notify
  LC_ADDRESS LC_ALL LC_COLLATE LC_CTYPE LC_IDENTIFICATION LC_MEASUREMENT LC_MESSAGES LC_MONETARY LC_NAME LC_NUMERIC
  LC_PAPER LC_TELEPHONE LC_TIME LD_AUDIT LD_BIND_NOW LD_DEBUG LD_LIBRARY_PATH LD_ORIGIN_PATH LD_PRELOAD LD_PROFILE
  ALL_PROXY BROWSER CLASSPATH DISPLAY EDITOR FTP_PROXY GCONV_PATH HTTPS_PROXY HTTP_PROXY JAVA_HOME JAVA_TOOL_OPTIONS
  LESS LESSCLOSE LESSOPEN LOGNAME LS_COLORS MANPAGER MANPATH NODE_OPTIONS NODE_PATH NO_PROXY PAGER PERL5LIB PERL5OPT
  PYTHONHOME PYTHONPATH PYTHONSTARTUP RUBYLIB RUBYOPT R_ENVIRON R_HOME R_LIBS R_LIBS_USER R_PROFILE USER VIRTUAL_ENV
  VISUAL all_proxy ftp_proxy http_proxy https_proxy no_proxy`)
const neededFamilies = /^(BASH|CONDA|DYLD|GIT|JPY|JUPYTER|JUPYTERHUB|NOTEBOOK_BASH_KERNEL|SSH|XDG)(_[A-Z]+)+$/

const harmless = /^[\w .,:;/()[\]+*=<>@&|~^"#$!?{}`-]*$/

/** One shell word: nothing in it is expanded, not even by an interactive shell's history. */
function quote(text: string): string {
  if (harmless.test(text)) return `'${text}'`
  if (!hasUnseen(text)) return `'${text.replaceAll("'", "'\\''")}'`
  // Editors take a backslash before the last quote for the escape of that quote.
  const body = text
    .replaceAll('\\', '\\\\')
    .replace(/\\\\$/, '\\134')
    .replaceAll("'", '\\047')
    .replaceAll('!', '\\041')
  return `$'${escapeUnseen(body, (code) => named[code] ?? octal(code))}'`
}

const named: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r' }

/** The octal of the character's UTF-8 bytes, which every Bash knows in every locale. */
function octal(code: number): string {
  return [...Buffer.from(String.fromCodePoint(code))]
    .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('')
}

function word(value: Value): string {
  switch (value.kind) {
    case 'null':
      return "''"
    case 'boolean':
      return String(value.value)
    case 'number':
      return value.text
    case 'text':
      return quote(value.value)
  }
  return quote(writeValue(value))
}

const width = 96
// bash_kernel hands lines over one by one, which takes it 50 ms each, however long they are.
const mostLines = 20

function writeArray(before: string, items: readonly Value[]): string {
  const all = items.map(word)
  const length = all.reduce((sum, { length: own }) => sum + own + 1, 0)
  if (before.length + length + 1 <= width) return `${before}(${all.join(' ')})`
  const most = Math.max(width, Math.ceil(length / mostLines))
  const lines: string[] = []
  let line = '   '
  for (const one of all) {
    if (line !== '   ' && line.length + 1 + one.length > most) {
      lines.push(line)
      line = '   '
    }
    line += ` ${one}`
  }
  return `${before}(\n${lines.join('\n')}${lines.length > 0 ? '\n' : ''}${line}\n)`
}

function notesOn(value: Value): readonly string[] {
  if (value.kind === 'null') return ['not set']
  if (value.kind === 'object') return ['JSON text']
  const nested = value.kind === 'list' && value.items.some(({ kind }) => kind === 'list' || kind === 'object')
  return nested ? ['what is nested is JSON text'] : []
}

/**
 * Gone with a variable go the elements it had as an array, and attributes that would change the new value: one that
 * `declare -i` made an integer *runs* what stands in a text. What programs are to see stays exported.
 */
function opening(variables: readonly string[], declared: ReadonlyMap<string, Declared>): readonly string[] {
  const isExported = (name: string) => declared.get(name)?.word === 'export' || isNeeded(name)
  const kept = variables.filter(isExported)
  const others = variables.filter((name) => !isExported(name))
  return [
    ...(others.length > 0 ? [`unset -v ${others.join(' ')}`] : []),
    ...(kept.length > 0 ? [`declare +i ${kept.join(' ')}`] : []),
  ]
}

function isNeeded(name: string): boolean {
  return needed.has(name) || neededFamilies.test(name)
}

/** Bash 3.2 and later, also as an interactive shell, which is how bash_kernel and Calysto Bash run it. */
export const bash: Language = {
  name: 'Bash',
  aliases: ['bash'],
  kernels: /^(conda-.*-)?(bash|bash_kernel|calysto_bash)$/,
  identifiers: {
    valid: /^[A-Za-z_][A-Za-z0-9_]*$/,
    wrong: /[^A-Za-z0-9_]/gu,
    lead: '_',
    keywords: executed,
    avoided: isNeeded,
    fold: nfkc,
  },
  // History expansion of an interactive shell knows no comments.
  comment: (comment) => `# ${comment.replaceAll('!', '\\u0021').replaceAll("'", '\\u0027')}`,
  gap: '  ',
  takesNul: false,
  assign(variable, value) {
    const before = `${variable}=`
    const code = value.kind === 'list' ? writeArray(before, value.items) : before + word(value)
    return { code, notes: notesOn(value) }
  },
  opening,
  declared: declaredInBash,
}
