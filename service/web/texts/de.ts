import { deFaults } from './de-faults.ts'
import type { Texts } from './texts.ts'

/** Everything the pages say, in German. */
export const de: Texts = {
  language: 'de',
  product: 'Notebook-Vorlagen',
  skip: 'Zum Inhalt',
  home: 'Alle Vorlagen',
  signedInAs: 'Angemeldet als',

  catalogue: {
    title: 'Notebook-Vorlagen',
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
    faults: (count) =>
      count === 1 ? 'Eine Vorlage hat einen Fehler' : `${count} Vorlagen haben einen Fehler`,
    faultsNote: 'Das sehen nur Admins. Benutzer sehen diese Vorlagen erst, wenn sie in Ordnung sind.',
    cell: 'Zelle {cell}',
  },

  confirm: {
    createTitle: 'Dieses Notebook anlegen?',
    downloadTitle: 'Dieses Notebook herunterladen?',
    createdTitle: 'Ihr Notebook ist bereit',
    downloadedTitle: 'Ihr Notebook wurde heruntergeladen',
    create: 'Notebook anlegen',
    download: 'Notebook herunterladen',
    downloadAgain: 'Noch einmal herunterladen',
    open: 'Öffnen',
    createNote: 'Erst wenn Sie klicken, wird etwas geschrieben.',
    downloadNote: 'Die Datei kommt auf Ihren Rechner und sonst nirgendwohin.',
    createdNote:
      'Aus dieser Anfrage ist das Notebook schon entstanden. Ein weiterer Klick öffnet dasselbe; ein zweites entsteht nie.',
    downloadedNote: 'Dieselbe Anfrage ergibt wieder dieselbe Datei.',
    summaryLabel: 'Zusammenfassung',
    sender: 'Geschickt von',
    senderUnknown: 'einem Verweis, oder von Hand eingegeben',
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
    noValues: 'Es wurden keine Werte geschickt. Das Notebook wird so benutzt, wie es ist.',
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
    userNumber: 'Benutzer {id}',
    objectNumber: 'Objekt {id}',
    items: (count) => (count === 1 ? '1 Element' : `${count} Elemente`),
    members: (count) => (count === 1 ? '1 Eintrag' : `${count} Einträge`),
  },

  progress: {
    title: 'Ihr Server startet',
    titleWriting: 'Ihr Notebook wird geschrieben',
    titleWritten: 'Ihr Notebook ist bereit',
    titleFailed: 'Das hat nicht geklappt',
    lead: 'Ihr Notebook öffnet sich hier, sobald Ihr Server läuft. Sie können diese Seite schließen: Die Arbeit geht weiter.',
    bar: 'Fortschritt',
    percent: '{percent} %',
    messages: 'Meldungen des Hubs',
    waiting: 'Warten auf den Hub …',
    elapsed: 'Vergangen',
    seconds: '{seconds} s',
    minutes: '{minutes} min {seconds} s',
    file: 'Neue Datei',
    template: 'Vorlage',
    open: 'Öffnen',
    failed:
      'Das Notebook wurde nicht angelegt. Ein neuer Versuch ist ungefährlich: Aus einer Anfrage entstehen nie zwei Notebooks.',
    tryAgain: 'Noch einmal versuchen',
    lost: 'Die Verbindung ist abgebrochen. Sie wird neu aufgebaut …',
  },

  byHand: {
    lead: 'Tragen Sie die Werte ein, mit denen das Notebook beginnt.',
    label: 'Werte als JSON',
    hint: 'Ein JSON-Objekt wie im Beispiel. Was Sie weglassen, behält seinen Wert aus dem Notebook; Namen in geschweiften Klammern oben sind nötig.',
    example: '{"measurement_name": "Experiment-12345", "temperature": 21.5}',
    next: 'Weiter',
    note: 'Die nächste Seite zeigt, was angelegt wird. Noch wird nichts geschrieben.',
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
    requestNote: 'Wenn Sie um Hilfe bitten, schicken Sie dies mit.',
  },

  faults: deFaults,
}
