import { enFaults } from './en-faults.ts'
import { enMine } from './en-mine.ts'
import { enParameters } from './en-parameters.ts'
import { enTemplate } from './en-template.ts'
import type { Texts } from './texts.ts'

const number = (value: number) => value.toLocaleString('en')

/** Everything the pages say, in English. */
export const en: Texts = {
  language: 'en',
  product: 'Notebook templates',
  skip: 'Skip to content',
  home: 'All templates',
  signedInAs: 'Signed in as',

  catalogue: {
    title: 'Templates',
    lead: 'Pick a notebook to start from. You will see what it does before anything is created.',
    emptyTitle: 'No templates yet',
    empty: 'Once the people who run this service add notebooks to its template folder, they appear here.',
    listLabel: 'Templates',
    words: 'Search',
    language: 'Language',
    allLanguages: 'All languages',
    tag: 'Tag',
    allTags: 'All tags',
    search: 'Search',
    nothingFound: 'No templates match.',
    nothingSoFar: 'No templates so far.',
    incomplete:
      'The service has just started and is still reading its template folder. Some templates are not listed yet; links and buttons that lead to them work already. This page reloads by itself.',
    showAll: 'Show all',
    shown: (first, last, total, isComplete) => {
      const templates = `${total === 1 ? '1 template' : `${total} templates`}${isComplete ? '' : ' so far'}`
      return first === 1 && last === total ? templates : `${first}–${last} of ${templates}`
    },
    pages: 'Pages',
    previous: 'Previous',
    next: 'Next',
    tagsLabel: 'Language and tags',
    thumbnail: 'Picture from “{title}”',
    faults: (count, isComplete) =>
      `${count === 1 ? '1 problem' : `${count} problems`} in the template folder${isComplete ? '' : ' so far'}`,
    warnings: (count) =>
      count === 1 ? '1 warning about the templates' : `${count} warnings about the templates`,
    firstOf: (listed, total) =>
      `These are the first ${listed} of ${total}. The command notebook-templates check lists all of them.`,
    warningsNote: 'Only admins see this. Jupyter still opens and saves these templates.',
    faultsNote: 'Only admins see this. A template with a problem is hidden from users until it is fixed.',
    cell: 'cell {cell}',
  },

  confirm: {
    createTitle: 'Create this notebook?',
    downloadTitle: 'Download this notebook?',
    createdTitle: 'Your notebook is ready',
    downloadedTitle: 'Your notebook was downloaded',
    downloadingTitle: 'Your download has begun',
    create: 'Create notebook',
    createAnother: 'Create another',
    before: 'You have made this notebook before:',
    beforeValues: 'You have made a notebook from this template with the same values before:',
    changePlace: 'Change name or folder',
    folder: 'Folder',
    folderHome: 'your home folder',
    fileName: 'Name',
    download: 'Download notebook',
    downloadAgain: 'Download again',
    open: 'Open it',
    createNote: 'Nothing is written until you click.',
    downloadNote: 'The file is saved on your computer only.',
    downloadNext:
      'To open it in JupyterLab, drag the file into its file browser, or use Upload Files there. In VS Code, open it with the Jupyter extension.',
    unpack: 'Unpack the archive first, and keep its files together.',
    createdNote:
      'This request has already created its notebook. Clicking again opens the same one; it never creates a second.',
    downloadedNote: 'It is in your browser’s downloads folder. Another click downloads the same file.',
    summaryLabel: 'Summary',
    sender: 'Sent by',
    from: 'From',
    senderForm: 'the form of this service',
    senderUnknown: 'a link, or typed by hand',
    senderUnknownNote: 'No known site sent these values. Check them before you continue.',
    template: 'Template',
    user: 'For',
    whose: 'Saved in the home folder of',
    file: 'New file',
    fileDownload: 'File name',
    fileWritten: 'File',
    fileNote:
      'In your home folder. If a file of this name exists, a number is added; nothing is overwritten.',
    files: 'Files beside it',
    filesInArchive: 'In the archive',
    filesNote:
      'They come with the template. A file that is there with the same content stays; if one differs, all of them and the notebook go into a new folder.',
    values: 'Values',
    valuesNote: 'The notebook starts with these as variables.',
    valuesNoteRaw: 'The notebook starts with these as JSON text.',
    save: 'Save the values as a file',
    saveYaml: 'As YAML for papermill',
    noValues: 'No values were sent. The notebook is used as it is.',
    languageUnknown:
      'This service does not support the language {language}. The values are added to the notebook as JSON text.',
    languageUnnamed:
      'The template does not name its language. The values are added to the notebook as JSON text.',
    name: 'Name',
    value: 'Value',
    emptyName: 'empty name',
    becomes: 'becomes',
    withheld: 'Withheld as credentials, neither stored nor written into the notebook:',
    notSet: 'Not set',
    atDefault: 'Not set, so the template’s own value is used',
    emptyText: 'empty text',
    asSent: 'As sent',
    picked: 'The notebook gets this text ({language}). Also sent, but not used: {others}.',
    cut: 'Shown in part. The notebook gets all of it.',
    rowsLeft: (shown, total) =>
      `The first ${shown} of ${total} values are shown. The notebook gets all of them.`,
    kinds: {
      text: 'text',
      translated: 'text in several languages',
      number: 'number',
      boolean: 'yes or no',
      nothing: 'no value',
      list: 'list',
      object: 'object',
      quantity: 'quantity',
      datetime: 'date and time',
      date: 'date',
      user: 'user',
      reference: 'object reference',
    },
    changedNote: 'Names that are not allowed in the notebook’s language are changed. Both names are shown.',
    server: 'Server',
    serverDefault: 'Your server',
    serverStart: 'Start it on the Hub’s page instead',
    serverForm: 'When you click below, the Hub asks for its options. Then the notebook is created.',
    serverOptions: 'Choose server options',
    serverStates: {
      ready: 'is running',
      starting: 'is starting',
      stopping: 'is stopping, and will be restarted',
      stopped: 'will be started',
    },
    servers: {
      other: 'Use another server',
      label: 'On which server',
      differs: 'Your server runs with other options than this template asks for: please choose',
      asks: 'The template asks for {options}.',
      runs: 'It runs with {options}.',
      runsWithout: 'It runs with the usual options.',
      asItIs: 'Use it as it is: {server}',
      asItIsNote:
        'Nothing is stopped. The notebook may lack what it needs, such as memory or a graphics card.',
      further: 'Start one more server: {server}',
      furtherNote:
        'It gets these options, and the other one goes on. Two servers use up more of what you are allowed, and not every Hub allows a second one.',
      stop: 'Stop your server on the Hub’s page',
      stopNote:
        'instead: what runs in its notebooks ends, and what is not saved is lost. Then reload this page, and it is started with these options.',
    },
    cancelled: 'You cancelled. Nothing was written. You can still create the notebook.',
    beforeStopped: 'Your server is not running. The Hub will start it first.',
    placeRule: 'A name cannot contain / \\ : * ? " < > | or begin with a dot. At most 240 bytes.',
    faultCode: 'Code {code}',
    noticesLabel: 'Before you click',
    notices: {
      kernel: [
        'Your server has no kernel “{name}” ({language}). Jupyter will ask which kernel to use.',
        'Your server has no kernel “{name}”. Jupyter will ask which kernel to use.',
      ],
      overwritten:
        'The value of “{name}” has no effect: the template sets it again in cell {cell}, line {line}.',
      'without-values':
        'The template’s cell with the example values gets none of these: “{name}” runs apart from the rest of the notebook.',
      derived:
        'The template computes “{name}” from its example of “{from}”, before the value that was sent is set: “{name}” keeps the example’s value.',
      unknown: [
        '“{name}” is not a parameter of this template; did you mean “{meant}”?',
        '“{name}” is not a parameter of this template.',
      ],
    },
    noticesExamples: 'Not sent, so the example in the template holds:',
    noticesMore: 'And {count} more.',
    noticesTellSender: [
      'Correct the name where the values come from, or tell {whom}.',
      'Correct the name where the values come from, or tell whoever looks after the template.',
    ],
    noticesTell: [
      'You cannot correct this yourself. Please tell {whom}.',
      'You cannot correct this yourself. Please tell whoever looks after the template.',
    ],
    charactersShown: (shown, total) =>
      `The first ${number(shown)} of ${number(total)} characters are shown. The notebook gets all of them.`,
    partsShown: (shown, total) =>
      shown === 0
        ? `${number(total)} inside, not shown here. The notebook gets all of it.`
        : `The first ${number(shown)} of ${number(total)} are shown. The notebook gets all of them.`,
    userNumber: 'User {id}',
    inBaseUnits: '{number} in SI base units',
    objectNumber: 'Object {id}',
    fileNumber: 'File {id}',
    elsewhere: '{what} of another database ({database})',
    items: (count) => (count === 1 ? '1 item' : `${number(count)} items`),
    members: (count) => (count === 1 ? '1 entry' : `${number(count)} entries`),
  },

  progress: {
    title: 'Starting your server',
    titleWriting: 'Writing your notebook',
    titleWritten: 'Your notebook is ready',
    titleFailed: 'Something went wrong',
    said: '{percent} percent. {message}',
    lead: 'Your notebook opens here as soon as your server is running. You can close this page: the work continues.',
    bar: 'Progress',
    percent: '{percent} %',
    messages: 'Messages from the Hub',
    waiting: 'Waiting for the Hub …',
    elapsed: 'Elapsed',
    typical: 'A start usually takes about {time}.',
    cancel: 'Cancel',
    line: 'Many servers are starting. You are number {place} in line.',
    lineFull: 'The Hub cannot start more servers at the moment. You are number {place} in line.',
    cancelNote: 'Nothing will be written. A server that is already starting continues to start.',
    seconds: '{seconds} s',
    minutes: '{minutes} min {seconds} s',
    file: 'New file',
    template: 'Template',
    lost: 'The connection was lost. Reconnecting …',
  },

  mine: enMine,
  template: enTemplate,

  preview: {
    title: 'Preview of {name}',
    lead: 'The notebook as it will be created. No code runs here.',
    leadTemplate: 'The template, unchanged. No code runs here.',
    toFresh: 'Go to your parameters',
    empty: 'This notebook has no cells.',
    rest: 'Show the rest',
    toStart: 'Back to the beginning',
    shown: (first, last, total) => `Cells ${first} to ${last} of ${total} are shown.`,
    heading: 'Notebook',
    unfold: 'Preview the finished notebook',
    frame: 'Preview of the notebook',
    alone: 'Open the preview in its own tab',
    notes: {
      fresh: 'New: your parameters',
      cut: 'Shown in part ({size} in total). The notebook gets all of it.',
      moreOutputs: '{count} more outputs are in the notebook.',
      cellTooLarge: 'This cell is too large to show here ({size}). The notebook gets all of it.',
      cellTooMuch: 'This cell is too complex to show here. It is in the notebook, unchanged.',
      cellBroken: 'This cell cannot be shown here. It is in the notebook, unchanged.',
      outputImage: 'Output image',
      imageTooLarge: 'Image too large to show here ({size})',
      imageBroken: 'Image that cannot be read',
      imageElsewhere: 'Image from {site}, not loaded here',
      imageAbsent: 'Image that is not in the notebook: {name}',
      interactive: 'Interactive output. Jupyter shows it when the notebook runs.',
      otherOutput: 'Output of type {type}, not shown here.',
    },
  },

  login: {
    title: 'Please log in',
    lead: 'You are not logged in, so nothing has been done yet. Log in to the Hub; then you return to this page.',
    goOn: 'Continue to login',
  },

  problem: {
    help: 'What you can do',
    written: {
      nothing: 'No notebook was written.',
      saved: 'The notebook was saved.',
      unclear:
        'It is not certain whether the notebook was saved. Trying again is safe: one request never makes two notebooks.',
    },
    tryAgain: 'Try again',
    again: 'Start again',
    start: 'Start your server on the Hub’s page',
    other: 'Use your default server',
    back: 'Back to {site}',
    code: 'Code',
    requestId: 'Request',
    report: 'Details to copy',
    time: 'Time',
    user: 'User',
    copy: 'Copy',
    copied: 'Copied',
    requestNote: 'If you ask for help, include these details.',
  },

  parameters: enParameters,
  faults: enFaults,
}
