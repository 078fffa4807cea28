import { deFaults } from './de-faults.ts'
import { deParameters } from './de-parameters.ts'
import { deTemplate } from './de-template.ts'
import type { Texts } from './texts.ts'

const number = (value: number) => value.toLocaleString('de')

/** Everything the pages say, in German. */
export const de: Texts = {
  language: 'de',
  product: 'Notebook-Vorlagen',
  skip: 'Zum Inhalt',
  home: 'Alle Vorlagen',
  signedInAs: 'Angemeldet als',

  catalogue: {
    title: 'Vorlagen',
    lead: 'Wählen Sie ein Notebook als Ausgangspunkt. Sie sehen, was geschieht, bevor etwas angelegt wird.',
    emptyTitle: 'Noch keine Vorlagen',
    empty: 'Sobald die Betreiber dieses Dienstes Notebooks in den Vorlagenordner legen, erscheinen sie hier.',
    listLabel: 'Vorlagen',
    words: 'Suche',
    language: 'Sprache',
    allLanguages: 'Alle Sprachen',
    tag: 'Schlagwort',
    allTags: 'Alle Schlagwörter',
    search: 'Suchen',
    nothingFound: 'Keine Vorlage passt.',
    showAll: 'Alle zeigen',
    shown: (first, last, total) => {
      if (total === 1) return '1 Vorlage'
      return first === 1 && last === total ? `${total} Vorlagen` : `${first}–${last} von ${total} Vorlagen`
    },
    pages: 'Seiten',
    previous: 'Zurück',
    next: 'Weiter',
    tagsLabel: 'Sprache und Schlagwörter',
    thumbnail: 'Bild aus „{title}“',
    faults: (count) => `${count} Fehler im Vorlagenordner`,
    faultsNote:
      'Das sehen nur Admins. Eine Vorlage mit einem Fehler sehen Benutzer erst, wenn sie in Ordnung ist.',
    cell: 'Zelle {cell}',
  },

  confirm: {
    createTitle: 'Dieses Notebook anlegen?',
    downloadTitle: 'Dieses Notebook herunterladen?',
    createdTitle: 'Ihr Notebook ist bereit',
    downloadedTitle: 'Ihr Notebook wurde heruntergeladen',
    downloadingTitle: 'Der Download läuft',
    create: 'Notebook anlegen',
    createAnother: 'Noch eines anlegen',
    before: 'Dieses Notebook haben Sie schon einmal mit denselben Werten angelegt:',
    changePlace: 'Name oder Ordner ändern',
    folder: 'Ordner',
    folderHome: 'Ihr Home-Verzeichnis',
    fileName: 'Name',
    download: 'Notebook herunterladen',
    downloadAgain: 'Noch einmal herunterladen',
    open: 'Öffnen',
    createNote: 'Erst wenn Sie klicken, wird etwas geschrieben.',
    downloadNote: 'Die Datei kommt auf Ihren Rechner und sonst nirgendwohin.',
    createdNote:
      'Aus dieser Anfrage ist das Notebook schon entstanden. Ein weiterer Klick öffnet dasselbe; ein zweites entsteht nie.',
    downloadedNote:
      'Ihr Browser legt die Datei zu allen anderen Downloads. Ein weiterer Klick ergibt dieselbe Datei.',
    summaryLabel: 'Zusammenfassung',
    sender: 'Geschickt von',
    senderForm: 'dem Formular dieses Dienstes',
    senderUnknown: 'einem Link, oder von Hand eingegeben',
    senderUnknownNote: 'Keine Seite bürgt für diese Werte. Sehen Sie sie an, bevor Sie weitermachen.',
    template: 'Vorlage',
    user: 'Für',
    file: 'Neue Datei',
    fileDownload: 'Dateiname',
    fileWritten: 'Datei',
    fileNote:
      'In Ihrem Home-Verzeichnis. Ist der Name vergeben, wird ein freier gewählt; überschrieben wird nichts.',
    values: 'Werte',
    valuesNote: 'Das Notebook beginnt mit diesen Werten als Variablen.',
    valuesNoteRaw: 'Das Notebook beginnt mit diesen Werten als JSON-Text.',
    save: 'Werte als Datei speichern',
    noValues: 'Es wurden keine Werte geschickt. Das Notebook bleibt, wie es ist.',
    languageUnknown:
      'Die Sprache {language} kann dieser Dienst nicht schreiben. Die Werte stehen als JSON-Text im Notebook, zum Nachlesen.',
    languageUnnamed:
      'Die Vorlage nennt ihre Sprache nicht. Die Werte stehen als JSON-Text im Notebook, zum Nachlesen.',
    name: 'Name',
    value: 'Wert',
    emptyName: 'leerer Name',
    becomes: 'wird zu',
    unset: 'nicht gesetzt: Es gilt, was die Vorlage vorgibt',
    emptyText: 'leerer Text',
    asSent: 'Wie geschickt',
    picked: 'Das Notebook bekommt diesen Text ({language}). Auch geschickt, nicht verwendet: {others}.',
    cut: 'Nur ein Teil wird gezeigt; das Notebook bekommt alles.',
    rowsLeft: (shown, total) =>
      `Die ersten ${shown} von ${total} Werten werden gezeigt. Das Notebook bekommt alle.`,
    kinds: {
      text: 'Text',
      translated: 'Text in mehreren Sprachen',
      number: 'Zahl',
      boolean: 'wahr oder falsch',
      nothing: 'kein Wert',
      list: 'Liste',
      object: 'Objekt',
      quantity: 'Größe mit Einheit',
      datetime: 'Datum und Uhrzeit, UTC',
      user: 'Benutzer',
      reference: 'Verweis auf ein Objekt',
    },
    changedNote:
      'Namen, die in der Sprache des Notebooks nicht erlaubt sind, wurden geändert; gezeigt werden beide.',
    server: 'Server',
    serverDefault: 'Ihr Server',
    serverStates: {
      ready: 'läuft',
      starting: 'startet gerade',
      stopping: 'wird gerade beendet und dann neu gestartet',
      stopped: 'wird gestartet',
    },
    cancelled:
      'Sie haben abgebrochen. Es wurde nichts geschrieben. Anlegen können Sie das Notebook immer noch.',
    beforeStopped: 'Ihr Server läuft gerade nicht: Der Hub startet ihn zuerst.',
    placeRule:
      'In einem Namen nicht möglich: / \\ : * ? " < > | und ein Punkt am Anfang. Höchstens 240 Byte.',
    faultCode: 'Code {code}',
    charactersShown: (shown, total) =>
      `Die ersten ${number(shown)} von ${number(total)} Zeichen werden gezeigt. Das Notebook bekommt alle.`,
    partsShown: (shown, total) =>
      shown === 0
        ? `${number(total)} darin, hier nicht gezeigt. Das Notebook bekommt alles.`
        : `Die ersten ${number(shown)} von ${number(total)} werden gezeigt. Das Notebook bekommt alle.`,
    userNumber: 'Benutzer {id}',
    objectNumber: 'Objekt {id}',
    items: (count) => (count === 1 ? '1 Element' : `${number(count)} Elemente`),
    members: (count) => (count === 1 ? '1 Eintrag' : `${number(count)} Einträge`),
  },

  progress: {
    title: 'Ihr Server startet',
    titleWriting: 'Ihr Notebook wird geschrieben',
    titleWritten: 'Ihr Notebook ist bereit',
    titleFailed: 'Das hat nicht geklappt',
    said: '{percent} Prozent. {message}',
    lead: 'Ihr Notebook öffnet sich hier, sobald Ihr Server läuft. Sie können diese Seite schließen: Die Arbeit geht weiter.',
    bar: 'Fortschritt',
    percent: '{percent} %',
    messages: 'Meldungen des Hubs',
    waiting: 'Warten auf den Hub …',
    elapsed: 'Vergangen',
    typical: 'Ein Start dauert meist etwa {time}.',
    cancel: 'Abbrechen',
    cancelNote: 'Dann wird nichts geschrieben. Ihr Server startet trotzdem weiter.',
    seconds: '{seconds} s',
    minutes: '{minutes} min {seconds} s',
    file: 'Neue Datei',
    template: 'Vorlage',
    lost: 'Die Verbindung ist abgebrochen. Sie wird neu aufgebaut …',
  },

  template: deTemplate,

  preview: {
    title: 'Vorschau von {name}',
    lead: 'Das Notebook, wie es sein wird. Nichts darin wird hier ausgeführt.',
    leadTemplate: 'Die Vorlage, wie sie ist. Nichts darin wird hier ausgeführt.',
    toFresh: 'Zu Ihren Parametern',
    empty: 'Dieses Notebook hat keine Zellen.',
    rest: 'Den Rest zeigen',
    toStart: 'Zurück zum Anfang',
    shown: (first, last, total) => `Zellen ${first} bis ${last} von ${total} werden gezeigt.`,
    heading: 'Notebook',
    unfold: 'Das fertige Notebook ansehen',
    frame: 'Vorschau des Notebooks',
    alone: 'Vorschau in einem eigenen Tab öffnen',
    notes: {
      fresh: 'Neu: Ihre Parameter',
      cut: 'Nur ein Teil wird gezeigt; im Ganzen sind es {size}, und das Notebook bekommt alles.',
      moreOutputs: 'Das Notebook enthält noch {count} weitere Ausgaben.',
      cellTooLarge:
        'Diese Zelle ist {size} groß, zu viel, um sie hier zu zeigen. Das Notebook bekommt alles.',
      cellTooMuch: 'Diese Zelle zu zeigen wäre zu viel Arbeit. Im Notebook steht sie, wie sie ist.',
      cellBroken: 'Diese Zelle lässt sich hier nicht zeigen. Im Notebook steht sie, wie sie ist.',
      outputImage: 'Bild, das die Zelle ausgegeben hat',
      imageTooLarge: 'Ein Bild von {size}, zu groß, um es hier zu zeigen',
      imageBroken: 'Ein Bild, das sich nicht lesen lässt',
      imageElsewhere: 'Ein Bild von {site}, hier nicht geladen',
      imageAbsent: 'Ein Bild, das nicht im Notebook liegt: {name}',
      interactive: 'Eine interaktive Ausgabe. Jupyter zeigt sie, wenn das Notebook läuft.',
      otherOutput: 'Eine Ausgabe der Art {type}, hier nicht gezeigt.',
    },
  },

  problem: {
    help: 'Was Sie tun können',
    written: {
      nothing: 'Es wurde kein Notebook geschrieben.',
      saved: 'Das Notebook wurde gespeichert.',
      unclear:
        'Ob das Notebook gespeichert wurde, ist nicht sicher. Ein neuer Versuch ist ungefährlich: Aus einer Anfrage entstehen nie zwei Notebooks.',
    },
    tryAgain: 'Noch einmal versuchen',
    again: 'Von vorn beginnen',
    back: 'Zurück zu {site}',
    code: 'Code',
    requestId: 'Anfrage',
    report: 'Was kopiert wird',
    time: 'Zeit',
    user: 'Benutzer',
    copy: 'Kopieren',
    copied: 'Kopiert',
    requestNote: 'Wenn Sie um Hilfe bitten, schicken Sie dies mit.',
  },

  parameters: deParameters,
  faults: deFaults,
}
