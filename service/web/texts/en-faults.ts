import type { Texts } from './texts.ts'

/** What the pages say about each fault, in English. */
export const enFaults: Texts['faults'] = {
  1: {
    title: 'Something went wrong',
    reasons: { unexpected: 'An unexpected error occurred in the service.' },
    help: 'Try again in a moment. If it happens again, send the request number below to the people who run this service.',
  },
  2: {
    title: 'This request is no longer available',
    reasons: {
      unknown: 'The request has expired, was made in another browser, or belongs to someone else.',
    },
    help: 'Go back to the page with the button and click it again.',
  },
  11: {
    title: 'The notebook could not be saved',
    reasons: {
      refused: ['Your server refused to save it: {message}', 'Your server refused to save it.'],
      'disk-full': 'The disk of your server is full, or your quota is used up.',
      'too-large': 'Your server does not accept a notebook of this size.',
      unreachable: 'Your server could not be reached while the notebook was being saved.',
      'not-ready': 'The Hub says that your server is ready, but the server does not answer.',
      interrupted: 'Saving was interrupted.',
      redirected: 'Your server redirects the save request to another address.',
      'odd-answer': 'Your server’s answer is not that of a Jupyter server.',
      'long-headers': 'The headers of your server’s answer are too long.',
      reset: 'Your server closed the connection.',
      'too-slow': 'Your server took too long to answer.',
    },
    help: 'If the disk is full, delete files that you no longer use. If your server does not answer, stop and start it from the Hub. Then try again.',
  },
  13: {
    title: 'Template not found',
    reasons: {
      unknown: [
        'There is no template {template}, or you do not have access to it.',
        'There is no such template, or you do not have access to it.',
      ],
    },
    help: 'Search all templates for it. If you clicked a button, tell the people who maintain that site that its link is out of date.',
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
        'The file name requires the parameter “{name}”, which was not sent.',
        'The file name requires a parameter that was not sent.',
      ],
      withheld: [
        'The file name requires the parameter “{name}”, which is withheld: it looks like a credential.',
        'The file name requires a parameter that is withheld: it looks like a credential.',
      ],
    },
    help: 'Enter it where the values come from, then click the button again. If it is withheld, tell the people who maintain the template.',
  },
  16: {
    title: 'Invalid file name',
    reasons: {
      'not-a-name': [
        'The parameter “{name}” is a list or an object, which cannot be part of a file name.',
        'A list or an object cannot be part of a file name.',
      ],
      'not-allowed': ['“{name}” cannot be the name of a file or folder here.', 'A file name is required.'],
      'folder-is-a-file': [
        '“{folder}” is a file, so the notebook cannot be saved in a folder of this name.',
        'A file has the name of the folder in which the notebook should be saved.',
      ],
      'template-name': 'The braces in the template’s name do not match.',
    },
    help: 'Choose another name of at most 240 bytes, without characters such as / : * ?, or rename the existing file. If the template’s own name is wrong, tell the people who maintain it.',
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
        'The name “{name}” appears twice in one object (line {line}, column {column}).',
        'The name “{name}” appears twice in one object.',
        'In “{inside}”, a name appears twice in one object (line {line}, column {column}).',
        'A name appears twice in one object (line {line}, column {column}).',
        'A name appears twice in one object.',
      ],
      'lone-surrogate': [
        'A string contains half of a character (line {line}, column {column}).',
        'A string contains half of a character.',
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
      'mixed-fields':
        'The list “files” was sent in two ways: as “files”, “files[]” or “files[0]”, “files[1]” and so on. Send it in one of them.',
      'not-utf8': 'The request is not valid UTF-8 text.',
      'nul-character': [
        'The parameter “{name}” contains a NUL character, which this notebook’s language cannot represent.',
        'A value contains a NUL character, which this notebook’s language cannot represent.',
      ],
      'null-refused': [
        'The parameter “{name}” has no value, but this template requires one.',
        'A parameter has no value, but this template requires one.',
      ],
      'not-as-declared': [
        'The parameters do not match this template: {names}.',
        'The parameters do not match this template.',
      ],
      'not-checkable': 'This template’s rules for its parameters take too long to check these values.',
      'unknown-field': [
        'The form field “{name}” cannot be used together with “params”.',
        'A form field cannot be used together with “params”.',
      ],
      'cut-short': 'The request is incomplete.',
      'not-as-expected': ['The {place} of the request is not valid.', 'The request is not valid.'],
    },
    help: 'Correct the values where they come from and send them again. If a button sent them, tell the people who maintain that site.',
  },
  21: {
    title: 'Request too large',
    reasons: {
      parameters: [
        'The parameters are larger than the limit of {limit} bytes.',
        'The parameters are larger than this service accepts.',
      ],
      body: 'The request is larger than this service accepts.',
    },
    help: 'Send less: put large data into a file and send its name or address instead.',
  },
  22: {
    title: 'Access denied by the Hub',
    reasons: {
      'missing-scope': [
        'Your login does not have the scope “{scope}”.',
        'Your login does not have a scope that is required.',
      ],
      refused: ['The Hub denied access: {message}', 'The Hub does not allow this for your account.'],
    },
    help: 'Ask the people who run the Hub for access, and send them the request number below.',
  },
  23: {
    title: 'Your server did not start',
    reasons: {
      failed: ['The Hub reports: {message}', 'The Hub could not start your server.'],
      'too-slow': 'Your server took too long to start.',
      stopped: 'Your server was stopped during the start.',
      'named-off': 'This notebook is for a server with a name, and this Hub does not offer such servers.',
      'named-limit': [
        'This notebook is for a server with a name, and you have as many as the Hub allows ({limit}). Delete one on the Hub’s home page, or use your default server.',
        'This notebook is for a server with a name, and you have as many as the Hub allows. Delete one on the Hub’s home page, or use your default server.',
      ],
      busy: [
        'Your server waited in line for {minutes} minutes and could not be started. The Hub reports: {message}',
        'Your server waited in line for {minutes} minutes and could not be started.',
        'Your server waited in line and could not be started.',
      ],
    },
    help: 'Try again. If it keeps failing, start your server on the Hub’s page: it has the server’s options and says more about what went wrong. Or ask the people who run the Hub.',
  },
  24: {
    title: 'Temporarily unavailable',
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
      'store-full': 'The service has reached its limit of open requests.',
      'too-many-open':
        'You have reached the limit of open requests for one user. The oldest ones expire automatically.',
      'own-works':
        'Too many of your notebooks are being created at once. This one can be created when some are done.',
    },
    help: 'Wait a minute and try again.',
  },
  26: {
    title: 'This request did not come from our page',
    reasons: {
      'not-our-page': 'The submitted form is not on a page of this service.',
      'other-address': [
        'The page was opened at {origin}, but the address of the service is {known}. For admins: the proxy must pass the Host header unchanged, or set the public URL of the Hub (c.JupyterHub.public_url, which gives the service {setting}).',
        'The page was opened at an address that is not the service’s own. For admins: the proxy must pass the Host header unchanged, or set the public URL of the Hub (c.JupyterHub.public_url).',
      ],
      'no-token': 'The submitted form does not belong to the page that you were shown.',
      'not-a-navigation': 'The page was requested by a script, not by you.',
    },
    help: 'Open the page again, check what it shows, and click there.',
  },
  27: {
    title: 'Please log in again',
    reasons: {
      state: 'The login belongs to another browser window, or took too long.',
      denied: 'The Hub denied the login.',
      exchange: 'The Hub did not accept the login’s response.',
      'no-session': 'You have logged out of the Hub, or the Hub no longer knows this browser’s session.',
      'cookie-twice': 'The browser sent one of our cookies twice, so neither is trusted.',
    },
    help: 'Start again. If this does not help, delete this site’s cookies or use a private window.',
  },
  28: {
    title: 'Sender not allowed',
    reasons: {
      sender: [
        'This service does not accept requests from {sender}.',
        'This service does not accept requests from that site.',
      ],
    },
    help: 'If the button should work, ask the people who run this service to allow the site.',
  },
  29: {
    title: 'Token required',
    reasons: { token: 'The API token is missing, has expired, or is not accepted here.' },
    help: 'Send a Hub token with access to this service in the Authorization header.',
  },
  30: {
    title: 'Page not found',
    reasons: { unknown: 'There is no page at this address.' },
    help: 'Search all templates for what you are looking for.',
  },
  31: {
    title: 'Unsupported content type',
    reasons: {
      'content-type': [
        'The content type {type} is not supported.',
        'The content type of the request is not supported.',
      ],
    },
    help: 'Send a form (application/x-www-form-urlencoded) or JSON (application/json).',
  },
}
