import type { Texts } from './texts.ts'

/** What the pages say about each fault, in English. */
export const enFaults: Texts['faults'] = {
  1: {
    title: 'Something went wrong',
    reasons: { unexpected: 'The service met an error that it did not expect.' },
    help: 'Try again in a moment. If it happens again, send the request number below to the people who run this service.',
  },
  2: {
    title: 'This request is no longer here',
    reasons: {
      unknown: 'The request has expired, was made in another browser, or belongs to somebody else.',
    },
    help: 'Go back to the page with the button and click it again.',
  },
  11: {
    title: 'The notebook could not be saved',
    reasons: {
      refused: ['Your server refused to save it: {message}', 'Your server refused to save it.'],
      'disk-full': 'The disk of your server is full, or your quota is used up.',
      'too-large': 'Your server does not take a notebook of this size.',
      unreachable: 'Your server could not be reached while the notebook was being saved.',
      'not-ready': 'Your server was not ready to save it.',
      interrupted: 'Saving was interrupted.',
    },
    help: 'If the disk is full, delete what you no longer need. Then try again.',
  },
  13: {
    title: 'No such template',
    reasons: {
      unknown: [
        'There is no template {template}, or it is not for you.',
        'There is no such template, or it is not for you.',
      ],
    },
    help: 'Look for it among all templates. If a button brought you here, tell the people who look after that site that its link is out of date.',
  },
  14: {
    title: 'Saved, but it cannot be opened from here',
    reasons: {
      'no-url': [
        'The notebook was saved as {path}, but its address is not known.',
        'The notebook was saved, but its address is not known.',
      ],
    },
    help: 'Open your server from the Hub’s home page and look for the notebook in the file browser.',
  },
  15: {
    title: 'A value for the file name is missing',
    reasons: {
      missing: [
        'The file name needs the parameter “{name}”, and it was not sent.',
        'The file name needs a parameter that was not sent.',
      ],
    },
    help: 'Fill it in where the values come from, then click the button again.',
  },
  16: {
    title: 'No file name can be made',
    reasons: {
      'not-a-name': [
        'The parameter “{name}” is a list or an object, which cannot be part of a file name.',
        'A list or an object cannot be part of a file name.',
      ],
      'not-allowed': ['“{name}” cannot be the name of a file or folder here.', 'The file needs a name.'],
      'folder-is-a-file': [
        '“{folder}” should be a folder, but a file of that name is in its place.',
        'A file is in the place of the folder that the notebook should go to.',
      ],
      'template-name': 'The braces in the template’s name do not pair.',
    },
    help: 'Choose another name without / : * ? and the like, not longer than 240 bytes, or rename the file that is in the way. If it is the template’s own name, tell the people who look after it.',
  },
  20: {
    title: 'The parameters are not valid',
    reasons: {
      'not-json': [
        'The parameters are not valid JSON (line {line}, column {column}).',
        'The parameters are not valid JSON.',
      ],
      'not-an-object': 'The parameters must be one JSON object, such as {"name": "value"}.',
      'duplicate-name': [
        'The name “{name}” occurs twice in one object (line {line}, column {column}).',
        'The name “{name}” occurs twice in one object.',
        'A name occurs twice in one object.',
      ],
      'lone-surrogate': [
        'A text holds half of a character (line {line}, column {column}).',
        'A text holds half of a character.',
      ],
      'too-deep': [
        'The values are nested deeper than {limit} levels (line {line}, column {column}).',
        'The values are nested deeper than {limit} levels.',
        'The values are nested too deeply.',
      ],
      'repeated-field': [
        'The form field “{name}” was sent more than once.',
        'A form field was sent more than once.',
      ],
      'not-utf8': 'The request is not valid UTF-8 text.',
      'nul-character': [
        'The parameter “{name}” holds a NUL character, which this notebook’s language cannot hold.',
        'A value holds a NUL character, which this notebook’s language cannot hold.',
      ],
      'null-refused': [
        'The parameter “{name}” has no value, and this template needs one.',
        'A parameter has no value, and this template needs one.',
      ],
      'not-as-declared': [
        'The parameters are not what this template expects: {names}.',
        'The parameters are not what this template expects.',
      ],
      'not-checkable': 'This template’s rules for its parameters take too long to check these values.',
      'unknown-field': [
        'There is no form field “{name}” beside the field “params”.',
        'There is a form field that does not belong beside “params”.',
      ],
      'cut-short': 'The request ended before all of it had arrived.',
      'not-as-expected': [
        'The {place} of the request is not as expected.',
        'The request is not as expected.',
      ],
    },
    help: 'Correct the values where they come from and send them again. If a button sent them, tell the people who look after that site.',
  },
  21: {
    title: 'That is too much',
    reasons: {
      parameters: [
        'The parameters are larger than this service takes ({limit} bytes).',
        'The parameters are larger than this service takes.',
      ],
      body: 'The request is larger than this service takes.',
    },
    help: 'Send less: put large data into a file and send its name or address instead.',
  },
  22: {
    title: 'The Hub says no',
    reasons: {
      'missing-scope': [
        'Your login lacks the permission “{scope}”.',
        'Your login lacks a permission that this needs.',
      ],
      refused: ['The Hub refused: {message}', 'The Hub does not allow this for your account.'],
    },
    help: 'Ask the people who run the Hub for access, and send them the request number below.',
  },
  23: {
    title: 'Your server did not start',
    reasons: {
      failed: ['The Hub reports: {message}', 'The Hub could not start your server.'],
      'too-slow': 'Your server took too long to start.',
      stopped: 'Your server was stopped while it was needed.',
    },
    help: 'Try again. If it keeps failing, start your server from the Hub’s home page to see more, or ask the people who run the Hub.',
  },
  24: {
    title: 'Not reachable just now',
    reasons: {
      hub: 'The Hub cannot be reached at the moment.',
      store: 'The service cannot reach its storage at the moment.',
    },
    help: 'Wait a moment and try again.',
  },
  25: {
    title: 'Too many requests',
    reasons: {
      'too-many': 'There were too many requests in a short time.',
      'store-full': 'The service holds as many open requests as it can.',
    },
    help: 'Wait a minute and try again.',
  },
  26: {
    title: 'This did not come from our own page',
    reasons: {
      'not-our-page': 'The form that was sent does not stand on a page of this service.',
      'no-token': 'The form that was sent does not belong to the page that was shown to you.',
      'not-a-navigation': 'The page was asked for by a script, not by you.',
    },
    help: 'Open the page again, look at what it shows, and click there.',
  },
  27: {
    title: 'Please log in again',
    reasons: {
      state: 'The login belongs to another browser window, or took too long.',
      denied: 'The Hub did not grant the login.',
      exchange: 'The Hub did not accept the answer to its own login.',
      'no-session': 'You have logged out of the Hub, or it does not know this browser’s session any more.',
      'cookie-twice': 'The browser sent one of our cookies twice, so neither can be trusted.',
    },
    help: 'Start again. If it does not help, delete this site’s cookies or use a private window.',
  },
  28: {
    title: 'This site may not send requests',
    reasons: {
      sender: [
        'This service takes no requests from {sender}.',
        'This service takes no requests from that site.',
      ],
    },
    help: 'If the button should work, ask the people who run this service to allow the site.',
  },
  29: {
    title: 'A token is needed',
    reasons: { token: 'The API token is missing, has expired, or is not accepted here.' },
    help: 'Send a Hub token that may use this service, in the Authorization header.',
  },
  30: {
    title: 'No such page',
    reasons: { unknown: 'There is nothing at this address.' },
    help: 'Look for what you need among all templates.',
  },
  31: {
    title: 'This kind of body is not taken',
    reasons: {
      'content-type': [
        'The content type {type} is not taken here.',
        'The content type of the request is not taken here.',
      ],
    },
    help: 'Send a form (application/x-www-form-urlencoded) or JSON (application/json).',
  },
}
