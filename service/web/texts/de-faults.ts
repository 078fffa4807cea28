import type { Texts } from './texts.ts'

/** What the pages say about each fault, in German. */
export const deFaults: Texts['faults'] = {
  1: {
    title: 'Etwas ist schiefgegangen',
    reasons: { unexpected: 'Im Dienst ist ein unerwarteter Fehler aufgetreten.' },
    help: 'Versuchen Sie es gleich noch einmal. Wenn es wieder geschieht, schicken Sie die Anfragenummer unten an die Betreiber dieses Dienstes.',
  },
  2: {
    title: 'Diese Anfrage gibt es nicht mehr',
    reasons: {
      unknown: 'Die Anfrage ist abgelaufen, stammt aus einem anderen Browser oder gehört jemand anderem.',
    },
    help: 'Gehen Sie zurück zu der Seite mit der Schaltfläche und klicken Sie noch einmal.',
  },
  11: {
    title: 'Das Notebook konnte nicht gespeichert werden',
    reasons: {
      refused: [
        'Ihr Server hat das Speichern abgelehnt: {message}',
        'Ihr Server hat das Speichern abgelehnt.',
      ],
      'disk-full': 'Die Festplatte Ihres Servers ist voll, oder Ihr Kontingent ist aufgebraucht.',
      'too-large': 'Ihr Server nimmt kein Notebook dieser Größe an.',
      unreachable: 'Ihr Server war nicht zu erreichen, während das Notebook gespeichert wurde.',
      'not-ready': 'Ihr Server war noch nicht bereit zum Speichern.',
      interrupted: 'Das Speichern wurde unterbrochen.',
    },
    help: 'Wenn der Platz nicht reicht, löschen Sie, was Sie nicht mehr brauchen. Versuchen Sie es dann noch einmal.',
  },
  13: {
    title: 'Diese Vorlage gibt es nicht',
    reasons: {
      unknown: [
        'Die Vorlage {template} gibt es nicht, oder sie ist nicht für Sie bestimmt.',
        'Diese Vorlage gibt es nicht, oder sie ist nicht für Sie bestimmt.',
      ],
    },
    help: 'Suchen Sie sie unter allen Vorlagen. Wenn eine Schaltfläche Sie hierher gebracht hat, sagen Sie denen Bescheid, die die Seite mit der Schaltfläche betreuen: Ihr Link ist veraltet.',
  },
  14: {
    title: 'Gespeichert, aber von hier nicht zu öffnen',
    reasons: {
      'no-url': [
        'Das Notebook wurde als {path} gespeichert, aber seine Adresse ist nicht bekannt.',
        'Das Notebook wurde gespeichert, aber seine Adresse ist nicht bekannt.',
      ],
    },
    help: 'Öffnen Sie Ihren Server von der Startseite des Hubs aus und suchen Sie das Notebook in der Dateiübersicht.',
  },
  15: {
    title: 'Ein Wert für den Dateinamen fehlt',
    reasons: {
      missing: [
        'Der Dateiname braucht den Parameter „{name}“, und der wurde nicht mitgeschickt.',
        'Der Dateiname braucht einen Parameter, der nicht mitgeschickt wurde.',
      ],
    },
    help: 'Tragen Sie ihn dort ein, woher die Werte kommen, und klicken Sie noch einmal auf die Schaltfläche.',
  },
  16: {
    title: 'Daraus lässt sich kein Dateiname bilden',
    reasons: {
      'not-a-name': [
        'Der Parameter „{name}“ ist eine Liste oder ein Objekt und kann nicht Teil eines Dateinamens sein.',
        'Eine Liste oder ein Objekt kann nicht Teil eines Dateinamens sein.',
      ],
      'not-allowed': [
        '„{name}“ kann hier nicht der Name einer Datei oder eines Ordners sein.',
        'Die Datei braucht einen Namen.',
      ],
      'folder-is-a-file': [
        '„{folder}“ sollte ein Ordner sein, dort liegt aber eine Datei dieses Namens.',
        'Wo der Ordner für das Notebook sein sollte, liegt eine Datei.',
      ],
      'template-name': 'Die geschweiften Klammern im Namen der Vorlage passen nicht zusammen.',
    },
    help: 'Wählen Sie einen anderen Namen, ohne / : * ? und dergleichen und nicht länger als 240 Byte, oder benennen Sie die Datei um, die im Weg ist. Wenn es am Namen der Vorlage liegt, sagen Sie denen Bescheid, die sie betreuen.',
  },
  20: {
    title: 'Die Parameter sind nicht gültig',
    reasons: {
      'not-json': [
        'Die Parameter sind kein gültiges JSON (Zeile {line}, Spalte {column}).',
        'Die Parameter sind kein gültiges JSON.',
      ],
      'not-an-object': 'Die Parameter müssen ein einziges JSON-Objekt sein, zum Beispiel {"name": "wert"}.',
      'duplicate-name': [
        'Der Name „{name}“ kommt in einem Objekt zweimal vor (Zeile {line}, Spalte {column}).',
        'Der Name „{name}“ kommt in einem Objekt zweimal vor.',
        'Ein Name kommt in einem Objekt zweimal vor.',
      ],
      'lone-surrogate': [
        'Ein Text enthält ein halbes Zeichen (Zeile {line}, Spalte {column}).',
        'Ein Text enthält ein halbes Zeichen.',
      ],
      'too-deep': [
        'Die Werte sind tiefer als {limit} Ebenen verschachtelt (Zeile {line}, Spalte {column}).',
        'Die Werte sind tiefer als {limit} Ebenen verschachtelt.',
        'Die Werte sind zu tief verschachtelt.',
      ],
      'repeated-field': [
        'Das Formularfeld „{name}“ wurde mehrmals geschickt.',
        'Ein Formularfeld wurde mehrmals geschickt.',
      ],
      'not-utf8': 'Die Anfrage ist kein gültiger UTF-8-Text.',
      'nul-character': [
        'Der Parameter „{name}“ enthält ein NUL-Zeichen, das es in der Sprache dieses Notebooks nicht gibt.',
        'Ein Wert enthält ein NUL-Zeichen, das es in der Sprache dieses Notebooks nicht gibt.',
      ],
      'null-refused': [
        'Der Parameter „{name}“ hat keinen Wert, und diese Vorlage braucht einen.',
        'Ein Parameter hat keinen Wert, und diese Vorlage braucht einen.',
      ],
      'not-as-declared': [
        'Die Parameter sind nicht so, wie diese Vorlage sie erwartet: {names}.',
        'Die Parameter sind nicht so, wie diese Vorlage sie erwartet.',
      ],
      'not-checkable': 'Mit den Regeln dieser Vorlage dauert es zu lange, diese Werte zu prüfen.',
      'unknown-field': [
        'Neben dem Feld „params“ gibt es kein Formularfeld „{name}“.',
        'Ein Formularfeld gehört nicht neben „params“.',
      ],
      'cut-short': 'Die Anfrage brach ab, bevor sie ganz angekommen war.',
      'not-as-expected': [
        'Die Anfrage ist nicht wie erwartet ({place}).',
        'Die Anfrage ist nicht wie erwartet.',
      ],
    },
    help: 'Berichtigen Sie die Werte dort, woher sie kommen, und schicken Sie sie noch einmal. Wenn eine Schaltfläche sie geschickt hat, sagen Sie denen Bescheid, die die Seite mit der Schaltfläche betreuen.',
  },
  21: {
    title: 'Das ist zu viel',
    reasons: {
      parameters: [
        'Die Parameter sind größer, als dieser Dienst annimmt ({limit} Byte).',
        'Die Parameter sind größer, als dieser Dienst annimmt.',
      ],
      body: 'Die Anfrage ist größer, als dieser Dienst annimmt.',
    },
    help: 'Schicken Sie weniger: Legen Sie große Daten in eine Datei und schicken Sie deren Namen oder Adresse.',
  },
  22: {
    title: 'Der Hub lehnt ab',
    reasons: {
      'missing-scope': [
        'Ihrer Anmeldung fehlt die Berechtigung „{scope}“.',
        'Ihrer Anmeldung fehlt eine nötige Berechtigung.',
      ],
      refused: ['Der Hub hat abgelehnt: {message}', 'Der Hub erlaubt das für Ihr Konto nicht.'],
    },
    help: 'Bitten Sie die Betreiber des Hubs um Zugang und schicken Sie ihnen die Anfragenummer unten.',
  },
  23: {
    title: 'Ihr Server ist nicht gestartet',
    reasons: {
      failed: ['Der Hub meldet: {message}', 'Der Hub konnte Ihren Server nicht starten.'],
      'too-slow': 'Ihr Server hat zum Starten zu lange gebraucht.',
      stopped: 'Ihr Server wurde beendet, während er gebraucht wurde.',
    },
    help: 'Versuchen Sie es noch einmal. Wenn es dabei bleibt, starten Sie Ihren Server von der Startseite des Hubs aus, um mehr zu sehen, oder fragen Sie die Betreiber des Hubs.',
  },
  24: {
    title: 'Gerade nicht erreichbar',
    reasons: {
      hub: 'Der Hub ist im Moment nicht erreichbar.',
      store: 'Der Dienst erreicht im Moment seinen Speicher nicht.',
    },
    help: 'Warten Sie einen Augenblick und versuchen Sie es noch einmal.',
  },
  25: {
    title: 'Zu viele Anfragen',
    reasons: {
      'too-many': 'In kurzer Zeit kamen zu viele Anfragen.',
      'store-full': 'Der Dienst bewahrt schon so viele offene Anfragen auf, wie er kann.',
    },
    help: 'Warten Sie eine Minute und versuchen Sie es noch einmal.',
  },
  26: {
    title: 'Das kam nicht von unserer eigenen Seite',
    reasons: {
      'not-our-page': 'Das abgeschickte Formular steht auf keiner Seite dieses Dienstes.',
      'no-token': 'Das abgeschickte Formular gehört nicht zu der Seite, die Ihnen gezeigt wurde.',
      'not-a-navigation': 'Nicht Sie haben die Seite aufgerufen, sondern ein Skript.',
    },
    help: 'Öffnen Sie die Seite noch einmal, sehen Sie sich an, was sie zeigt, und klicken Sie dort.',
  },
  27: {
    title: 'Bitte melden Sie sich noch einmal an',
    reasons: {
      state: 'Die Anmeldung gehört zu einem anderen Browserfenster oder hat zu lange gedauert.',
      denied: 'Der Hub hat die Anmeldung abgelehnt.',
      exchange: 'Der Hub hat die Antwort auf seine eigene Anmeldung nicht angenommen.',
      'no-session': 'Sie haben sich am Hub abgemeldet, oder er kennt die Sitzung dieses Browsers nicht mehr.',
      'cookie-twice':
        'Der Browser hat eines unserer Cookies doppelt geschickt; deshalb ist keinem von beiden zu trauen.',
    },
    help: 'Beginnen Sie von vorn. Wenn das nicht hilft, löschen Sie die Cookies dieser Seite oder nehmen Sie ein privates Fenster.',
  },
  28: {
    title: 'Diese Seite darf nichts schicken',
    reasons: {
      sender: [
        'Dieser Dienst nimmt von {sender} keine Anfragen an.',
        'Dieser Dienst nimmt von dieser Seite keine Anfragen an.',
      ],
    },
    help: 'Wenn die Schaltfläche funktionieren soll, bitten Sie die Betreiber dieses Dienstes, die Seite zuzulassen.',
  },
  29: {
    title: 'Ein Token wird gebraucht',
    reasons: { token: 'Das API-Token fehlt, ist abgelaufen oder wird hier nicht angenommen.' },
    help: 'Schicken Sie im Header „Authorization“ ein Token des Hubs, mit dem man diesen Dienst benutzen darf.',
  },
  30: {
    title: 'Diese Seite gibt es nicht',
    reasons: { unknown: 'Unter dieser Adresse gibt es nichts.' },
    help: 'Suchen Sie unter allen Vorlagen, was Sie brauchen.',
  },
  31: {
    title: 'Solche Daten nimmt der Dienst nicht an',
    reasons: {
      'content-type': [
        'Der Inhaltstyp {type} wird hier nicht angenommen.',
        'Der Inhaltstyp der Anfrage wird hier nicht angenommen.',
      ],
    },
    help: 'Schicken Sie ein Formular (application/x-www-form-urlencoded) oder JSON (application/json).',
  },
}
