/**
 * Checks the form before it is sent, by rules from the same schema that the service checks it with, and says what is
 * wrong beside each field and above them all. Without it the browser and the service do, one after the other.
 */
const form = document.getElementById('form')
const summary = document.getElementById('errors')
const { decimal, read: readAs } = form.dataset
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$|^(?:NaN|-?Infinity)$/
const separated = /^-?[0-9]+(?:[.,'’_\s][0-9]+)+$/
const plainComma = /^-?[0-9]+,[0-9]+$/
const hasOneComma = (text) => /^[^.,]*,[^.,]*$/.test(text)
/** As the service reads it: where the page's country has a decimal comma, one comma is that. */
const toNumber = (text) => (decimal === ',' && hasOneComma(text) ? text.replace(',', '.') : text)
/** Of so many digits a number of this language is exact; what has more is left to the service. */
const exact = (text) => text.length <= 15 && !/[eE]/.test(text)
const compare = (text, limit, fits) => !exact(text) || !exact(limit) || fits(Number(text), Number(limit))

/** Each tells whether a text, trimmed, passes. */
const checks = {
  digits: (text) => number.test(text),
  separators: (text) => number.test(text) || plainComma.test(text) || !separated.test(text),
  integer: (text) => !exact(text) || Number.isInteger(Number(text)),
  minimum: (text, limit) => compare(text, limit, (a, b) => a >= b),
  maximum: (text, limit) => compare(text, limit, (a, b) => a <= b),
  above: (text, limit) => compare(text, limit, (a, b) => a > b),
  below: (text, limit) => compare(text, limit, (a, b) => a < b),
  shortest: (text, limit) => [...text].length >= Number(limit),
  longest: (text, limit) => [...text].length <= Number(limit),
  pattern: (text, limit) => text.length > 1000 || matches(text, limit),
  'not-json': (text) => parse(text) !== undefined,
  list: (text) => [undefined, unread].includes(parse(text)) || Array.isArray(parse(text)),
  object: (text) => [undefined, unread].includes(parse(text)) || isObject(parse(text)),
}
const unread = Symbol('has what JSON.parse does not read and the service does')
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

function parse(text) {
  if (/NaN|Infinity/.test(text)) return unread
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function matches(text, pattern) {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    return true
  }
}

/** What is wrong with a control, as a sentence; '' when nothing is. */
function problemOf(control) {
  const [input] = control.querySelectorAll('.first > *')
  if (input === undefined || control.querySelector('.null input')?.checked) return ''
  const rules = JSON.parse(control.dataset.rules)
  const second = control.querySelector('.second select')
  const isText = second !== null && second.value === 'text' && input.matches('textarea')
  const has = (...names) => rules.some(({ rule }) => names.includes(rule))
  const trimmed = has('shortest', 'longest', 'pattern') ? input.value : input.value.trim()
  const text = has('digits') ? toNumber(trimmed) : trimmed
  if (input.validity.badInput) return input.validationMessage
  if (text === '') return rules.find(({ rule }) => rule === 'missing')?.message ?? ''
  const broken = rules.find(({ rule, limit }) => {
    if (rule === 'missing' || (rule === 'not-json' && isText)) return false
    return !checks[rule](text, limit)
  })
  return broken?.message ?? ''
}

function say(control, message) {
  const input = control.querySelector('.first > *, textarea')
  const error = document.getElementById(`${input.id}-error`)
  error.textContent = message
  error.hidden = message === ''
  if (message === '') input.removeAttribute('aria-invalid')
  else input.setAttribute('aria-invalid', 'true')
  return input
}

// Its own bubbles would come first and tell of one thing alone.
form.noValidate = true
form.addEventListener('submit', (event) => {
  const wrong = [...form.querySelectorAll('.control')]
    .map((control) => ({ message: problemOf(control), control }))
    .map(({ message, control }) => ({ message, input: say(control, message) }))
    .filter(({ message }) => message !== '')
  summary.hidden = wrong.length === 0
  remember()
  if (wrong.length === 0) return
  event.preventDefault()
  const title = wrong.length === 1 ? summary.dataset.one : summary.dataset.many
  document.getElementById('errors-title').textContent = title.replace('{count}', wrong.length)
  document.getElementById('errors-list').replaceChildren(...wrong.map(linkTo))
  summary.focus()
})

function linkTo({ message, input }) {
  const link = document.createElement('a')
  link.href = `#${input.id}`
  link.textContent = message
  const item = document.createElement('li')
  item.append(link)
  return item
}

/** Says how a number is read that could have been meant otherwise. */
function readBack(input) {
  const note = document.getElementById(`${input.id}-read`)
  if (note === null || decimal !== ',') return
  const literal = toNumber(input.value.trim())
  const isClear = /[.,]/.test(literal) && number.test(literal)
  note.hidden = !isClear
  note.textContent = isClear
    ? readAs.replace('{number}', literal.replace('.', ',')).replace('{literal}', literal)
    : ''
}

// A correction shows as soon as it is made, a new mistake only when all is sent.
form.addEventListener('input', ({ target }) => {
  target.classList.add('typed')
  readBack(target)
  const control = target.closest('.control')
  const isWrong = control?.querySelector('[aria-invalid="true"]')
  if (isWrong && problemOf(control) === '') say(control, '')
})

// Who comes back from the next page finds what they typed: of a page that is not to be stored, a browser keeps nothing.
form.addEventListener('change', remember)
recall()

function remember() {
  try {
    history.replaceState({ fields: [...new FormData(form)] }, '')
  } catch {
    // Megabytes are more than some browsers keep.
  }
}

function recall() {
  const fields = new Map(history.state?.fields)
  if (fields.size === 0) return
  for (const input of form.elements) {
    if (input.type === 'checkbox') input.checked = fields.has(input.name)
    else if (input.type !== 'submit' && fields.has(input.name)) {
      const isOther = input.value !== fields.get(input.name)
      input.value = fields.get(input.name)
      if (isOther) readBack(input)
    }
  }
}
