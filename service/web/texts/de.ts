import { deFaults } from './de-faults.ts'
import { deMine } from './de-mine.ts'
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
    nothingFound: 'Keine passende Vorlage gefunden.',
    nothingSoFar: 'Bisher keine Vorlagen.',
    incomplete:
      'Der Dienst ist gerade gestartet und liest den Vorlagenordner noch ein. Einige Vorlagen stehen noch nicht in dieser Liste; Links und Schaltflächen, die zu ihnen führen, funktionieren schon. Diese Seite lädt sich von selbst neu.',
    showAll: 'Alle anzeigen',
    shown: (first, last, total, isComplete) => {
      const templates = total === 1 ? '1 Vorlage' : `${total} Vorlagen`
      if (first === 1 && last === total) return isComplete ? templates : `Bisher ${templates}`
      return `${first}–${last} von ${isComplete ? '' : 'bisher '}${templates}`
    },
    pages: 'Seiten',
    previous: 'Zurück',
    next: 'Weiter',
    tagsLabel: 'Sprache und Schlagwörter',
    thumbnail: 'Bild aus „{title}“',
    faults: (count, isComplete) => `${isComplete ? '' : 'Bisher '}${count} Fehler im Vorlagenordner`,
    warnings: (count) => (count === 1 ? '1 Warnung zu den Vorlagen' : `${count} Warnungen zu den Vorlagen`),
    firstOf: (listed, total) =>
      `Das sind die ersten ${listed} von ${total}. Der Befehl notebook-templates check zeigt alle.`,
    warningsNote: 'Das sehen nur Admins. Jupyter öffnet und speichert diese Vorlagen trotzdem.',
    faultsNote:
      'Das sehen nur Admins. Eine fehlerhafte Vorlage bleibt für Benutzer verborgen, bis der Fehler behoben ist.',
    cell: 'Zelle {cell}',
  },

  confirm: {
    createTitle: 'Dieses Notebook anlegen?',
    downloadTitle: 'Dieses Notebook herunterladen?',
    createdTitle: 'Ihr Notebook ist bereit',
    downloadedTitle: 'Ihr Notebook wurde heruntergeladen',
    downloadingTitle: 'Der Download läuft',
    create: 'Notebook anlegen',
    createAnother: 'Weiteres anlegen',
    before: 'Dieses Notebook haben Sie schon einmal angelegt:',
    beforeValues: 'Aus dieser Vorlage haben Sie schon einmal ein Notebook mit denselben Werten angelegt:',
    changePlace: 'Name oder Ordner ändern',
    folder: 'Ordner',
    folderHome: 'Ihr Home-Verzeichnis',
    fileName: 'Name',
    download: 'Notebook herunterladen',
    downloadAgain: 'Noch einmal herunterladen',
    open: 'Öffnen',
    createNote: 'Erst wenn Sie klicken, wird etwas geschrieben.',
    downloadNote: 'Die Datei wird nur auf Ihrem Rechner gespeichert.',
    downloadNext:
      'In JupyterLab ziehen Sie die Datei in den Dateibrowser oder wählen dort „Dateien hochladen“. In VS Code öffnen Sie sie mit der Jupyter-Erweiterung.',
    unpack: 'Entpacken Sie vorher das Archiv und lassen Sie seine Dateien beisammen.',
    createdNote:
      'Aus dieser Anfrage wurde das Notebook bereits angelegt. Ein weiterer Klick öffnet dasselbe Notebook; ein zweites wird nie angelegt.',
    downloadedNote:
      'Die Datei liegt im Download-Ordner Ihres Browsers. Ein weiterer Klick lädt dieselbe Datei herunter.',
    summaryLabel: 'Zusammenfassung',
    sender: 'Gesendet von',
    from: 'Aus',
    senderForm: 'dem Formular dieses Dienstes',
    senderUnknown: 'einem Link, oder von Hand eingegeben',
    senderUnknownNote:
      'Diese Werte stammen von keiner bekannten Seite. Prüfen Sie sie, bevor Sie fortfahren.',
    template: 'Vorlage',
    user: 'Für',
    whose: 'Wird gespeichert im Home-Verzeichnis von',
    file: 'Neue Datei',
    fileDownload: 'Dateiname',
    fileWritten: 'Datei',
    fileNote:
      'In Ihrem Home-Verzeichnis. Gibt es schon eine Datei dieses Namens, wird eine Nummer angehängt; überschrieben wird nichts.',
    files: 'Dateien daneben',
    filesInArchive: 'Im Archiv',
    filesNote:
      'Sie gehören zur Vorlage. Eine Datei, die mit demselben Inhalt schon da ist, bleibt; weicht eine ab, kommen alle zusammen mit dem Notebook in einen neuen Ordner.',
    values: 'Werte',
    valuesNote: 'Das Notebook beginnt mit diesen Werten als Variablen.',
    valuesNoteRaw: 'Das Notebook beginnt mit diesen Werten als JSON-Text.',
    save: 'Werte als Datei speichern',
    saveYaml: 'Als YAML für papermill',
    noValues: 'Es wurden keine Werte gesendet. Das Notebook bleibt unverändert.',
    languageUnknown:
      'Die Sprache {language} wird von diesem Dienst nicht unterstützt. Die Werte stehen als JSON-Text im Notebook.',
    languageUnnamed: 'Die Vorlage gibt keine Sprache an. Die Werte stehen als JSON-Text im Notebook.',
    name: 'Name',
    value: 'Wert',
    emptyName: 'leerer Name',
    becomes: 'wird zu',
    withheld: 'Als Zugangsdaten zurückgehalten, weder gespeichert noch ins Notebook geschrieben:',
    notSet: 'Nicht angegeben',
    atDefault: 'Nicht angegeben, daher gilt der Wert der Vorlage',
    emptyText: 'leerer Text',
    asSent: 'Originalwert',
    picked:
      'Das Notebook erhält diesen Text ({language}). Ebenfalls gesendet, aber nicht verwendet: {others}.',
    cut: 'Nur ein Teil wird angezeigt. Das Notebook erhält alles.',
    rowsLeft: (shown, total) =>
      `Die ersten ${shown} von ${total} Werten werden angezeigt. Das Notebook erhält alle.`,
    kinds: {
      text: 'Text',
      translated: 'Text in mehreren Sprachen',
      number: 'Zahl',
      boolean: 'ja oder nein',
      nothing: 'kein Wert',
      list: 'Liste',
      object: 'Objekt',
      quantity: 'Größe mit Einheit',
      datetime: 'Datum und Uhrzeit',
      date: 'Datum',
      user: 'Benutzer',
      reference: 'Verweis auf ein Objekt',
    },
    changedNote:
      'Namen, die in der Sprache des Notebooks nicht erlaubt sind, werden geändert. Beide Namen werden angezeigt.',
    server: 'Server',
    serverDefault: 'Ihr Server',
    serverStart: 'Stattdessen auf der Seite des Hubs starten',
    serverForm:
      'Wenn Sie unten klicken, fragt der Hub nach seinen Startoptionen. Danach wird das Notebook angelegt.',
    serverOptions: 'Startoptionen wählen',
    serverStates: {
      ready: 'läuft',
      starting: 'startet gerade',
      stopping: 'wird gerade beendet und dann neu gestartet',
      stopped: 'wird gestartet',
    },
    servers: {
      other: 'Einen anderen Server nehmen',
      label: 'Auf welchem Server',
      differs: 'Ihr Server läuft mit anderen Optionen, als diese Vorlage verlangt: Bitte wählen Sie',
      asks: 'Die Vorlage verlangt {options}.',
      runs: 'Er läuft mit {options}.',
      runsWithout: 'Er läuft mit den üblichen Optionen.',
      asItIs: 'So nehmen, wie er ist: {server}',
      asItIsNote:
        'Nichts wird beendet. Dem Notebook kann etwas fehlen, zum Beispiel Speicher oder eine Grafikkarte.',
      further: 'Einen weiteren Server starten: {server}',
      furtherNote:
        'Er bekommt diese Optionen, und der andere läuft weiter. Zwei Server verbrauchen mehr von dem, was Ihnen zusteht, und nicht jeder Hub erlaubt einen zweiten.',
      stop: 'Ihren Server auf der Seite des Hubs beenden',
      stopNote:
        'ist die andere Möglichkeit: Was in seinen Notebooks läuft, endet, und was nicht gespeichert ist, geht verloren. Laden Sie danach diese Seite neu; dann wird er mit diesen Optionen gestartet.',
    },
    cancelled:
      'Sie haben abgebrochen. Es wurde nichts geschrieben. Sie können das Notebook weiterhin anlegen.',
    beforeStopped: 'Ihr Server läuft nicht. Der Hub startet ihn zuerst.',
    placeRule:
      'Ein Name darf / \\ : * ? " < > | nicht enthalten und nicht mit einem Punkt beginnen. Höchstens 240 Byte.',
    faultCode: 'Code {code}',
    noticesLabel: 'Bevor Sie klicken',
    notices: {
      kernel: [
        'Auf Ihrem Server fehlt der Kernel „{name}“ ({language}). Jupyter wird fragen, welcher Kernel verwendet werden soll.',
        'Auf Ihrem Server fehlt der Kernel „{name}“. Jupyter wird fragen, welcher Kernel verwendet werden soll.',
      ],
      overwritten:
        'Der Wert von „{name}“ bleibt ohne Wirkung: Die Vorlage setzt ihn in Zelle {cell}, Zeile {line} neu.',
      'without-values':
        'Die Zelle mit den Beispielwerten erhält keinen dieser Werte: „{name}“ wird getrennt vom übrigen Notebook ausgeführt.',
      derived:
        'Die Vorlage berechnet „{name}“ aus ihrem Beispiel für „{from}“, bevor der mitgeschickte Wert gesetzt wird: „{name}“ behält den Wert des Beispiels.',
      unknown: [
        '„{name}“ ist kein Parameter dieser Vorlage. Ist „{meant}“ gemeint?',
        '„{name}“ ist kein Parameter dieser Vorlage.',
      ],
    },
    noticesExamples: 'Nicht mitgeschickt, daher gilt das Beispiel aus der Vorlage:',
    noticesMore: 'Und {count} weitere.',
    noticesTellSender: [
      'Berichtigen Sie den Namen dort, wo die Werte herkommen, oder sagen Sie {whom} Bescheid.',
      'Berichtigen Sie den Namen dort, wo die Werte herkommen, oder sagen Sie den Betreuern der Vorlage Bescheid.',
    ],
    noticesTell: [
      'Das können Sie nicht selbst beheben. Bitte sagen Sie {whom} Bescheid.',
      'Das können Sie nicht selbst beheben. Bitte sagen Sie den Betreuern der Vorlage Bescheid.',
    ],
    charactersShown: (shown, total) =>
      `Die ersten ${number(shown)} von ${number(total)} Zeichen werden angezeigt. Das Notebook erhält alle.`,
    partsShown: (shown, total) =>
      shown === 0
        ? `${number(total)} darin, hier nicht angezeigt. Das Notebook erhält alles.`
        : `Die ersten ${number(shown)} von ${number(total)} werden angezeigt. Das Notebook erhält alle.`,
    userNumber: 'Benutzer {id}',
    inBaseUnits: '{number} in SI-Basiseinheiten',
    objectNumber: 'Objekt {id}',
    fileNumber: 'Datei {id}',
    elsewhere: '{what} einer anderen Datenbank ({database})',
    items: (count) => (count === 1 ? '1 Element' : `${number(count)} Elemente`),
    members: (count) => (count === 1 ? '1 Eintrag' : `${number(count)} Einträge`),
  },

  progress: {
    title: 'Ihr Server startet',
    titleWriting: 'Ihr Notebook wird geschrieben',
    titleWritten: 'Ihr Notebook ist bereit',
    titleFailed: 'Das hat nicht funktioniert',
    said: '{percent} Prozent. {message}',
    lead: 'Ihr Notebook öffnet sich hier, sobald Ihr Server läuft. Sie können diese Seite schließen; der Vorgang läuft weiter.',
    bar: 'Fortschritt',
    percent: '{percent} %',
    messages: 'Meldungen des Hubs',
    waiting: 'Warten auf den Hub …',
    elapsed: 'Vergangen',
    typical: 'Ein Start dauert meist etwa {time}.',
    cancel: 'Abbrechen',
    line: 'Gerade starten viele Server. Sie sind Nummer {place} in der Warteschlange.',
    lineFull:
      'Der Hub kann gerade keine weiteren Server starten. Sie sind Nummer {place} in der Warteschlange.',
    cancelNote: 'Es wird nichts geschrieben. Ein Server, der bereits startet, startet trotzdem.',
    seconds: '{seconds} s',
    minutes: '{minutes} min {seconds} s',
    file: 'Neue Datei',
    template: 'Vorlage',
    lost: 'Die Verbindung ist abgebrochen. Sie wird neu aufgebaut …',
  },

  mine: deMine,
  template: deTemplate,

  preview: {
    title: 'Vorschau von {name}',
    lead: 'Das Notebook, wie es angelegt wird. Hier wird kein Code ausgeführt.',
    leadTemplate: 'Die unveränderte Vorlage. Hier wird kein Code ausgeführt.',
    toFresh: 'Zu Ihren Parametern',
    empty: 'Dieses Notebook hat keine Zellen.',
    rest: 'Rest anzeigen',
    toStart: 'Zurück zum Anfang',
    shown: (first, last, total) => `Zellen ${first} bis ${last} von ${total} werden angezeigt.`,
    heading: 'Notebook',
    unfold: 'Vorschau des fertigen Notebooks',
    frame: 'Vorschau des Notebooks',
    alone: 'Vorschau in einem eigenen Tab öffnen',
    notes: {
      fresh: 'Neu: Ihre Parameter',
      cut: 'Nur ein Teil wird angezeigt (insgesamt {size}). Das Notebook erhält alles.',
      moreOutputs: 'Das Notebook enthält noch {count} weitere Ausgaben.',
      cellTooLarge: 'Diese Zelle ist zu groß für die Anzeige ({size}). Das Notebook erhält alles.',
      cellTooMuch: 'Diese Zelle ist zu aufwendig für die Anzeige. Im Notebook steht sie unverändert.',
      cellBroken: 'Diese Zelle lässt sich hier nicht anzeigen. Im Notebook steht sie unverändert.',
      outputImage: 'Ausgabebild',
      imageTooLarge: 'Bild zu groß für die Anzeige ({size})',
      imageBroken: 'Bild, das sich nicht lesen lässt',
      imageElsewhere: 'Bild von {site}, hier nicht geladen',
      imageAbsent: 'Bild, das nicht im Notebook enthalten ist: {name}',
      interactive: 'Interaktive Ausgabe. Jupyter zeigt sie an, wenn das Notebook läuft.',
      otherOutput: 'Ausgabe vom Typ {type}, hier nicht angezeigt.',
    },
  },

  login: {
    title: 'Bitte melden Sie sich an',
    lead: 'Sie sind nicht angemeldet, deshalb ist noch nichts geschehen. Melden Sie sich am Hub an; danach kommen Sie auf diese Seite zurück.',
    goOn: 'Weiter zur Anmeldung',
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
    start: 'Server auf der Seite des Hubs starten',
    other: 'Den gewöhnlichen Server nehmen',
    back: 'Zurück zu {site}',
    code: 'Code',
    requestId: 'Anfrage',
    report: 'Angaben zum Kopieren',
    time: 'Zeit',
    user: 'Benutzer',
    copy: 'Kopieren',
    copied: 'Kopiert',
    requestNote: 'Wenn Sie um Hilfe bitten, geben Sie diese Angaben an.',
  },

  parameters: deParameters,
  faults: deFaults,
}
