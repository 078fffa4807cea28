import type { Texts } from './texts.ts'

/** What the pages say about each fault, in German. */
export const deFaults: Texts['faults'] = {
  1: {
    title: 'Etwas ist schiefgegangen',
    reasons: { unexpected: 'Im Dienst ist ein unerwarteter Fehler aufgetreten.' },
    help: 'Versuchen Sie es gleich noch einmal. Wenn es wieder geschieht, senden Sie die Anfragenummer unten an die Betreiber dieses Dienstes.',
  },
  2: {
    title: 'Diese Anfrage ist nicht mehr verfügbar',
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
      'too-large': 'Ihr Server akzeptiert kein Notebook dieser Größe.',
      unreachable: 'Ihr Server war nicht zu erreichen, während das Notebook gespeichert wurde.',
      'not-ready': 'Der Hub meldet Ihren Server als bereit, aber der Server antwortet nicht.',
      interrupted: 'Das Speichern wurde unterbrochen.',
      redirected: 'Ihr Server leitet das Speichern an eine andere Adresse weiter.',
      'odd-answer': 'Die Antwort Ihres Servers ist nicht die eines Jupyter-Servers.',
      'long-headers': 'Die Kopfzeilen der Antwort Ihres Servers sind zu lang.',
      reset: 'Ihr Server hat die Verbindung abgebrochen.',
      'too-slow': 'Ihr Server hat nicht rechtzeitig geantwortet.',
    },
    help: 'Wenn der Speicherplatz nicht reicht, löschen Sie Dateien, die Sie nicht mehr brauchen. Wenn Ihr Server nicht antwortet, stoppen und starten Sie ihn im Hub. Versuchen Sie es dann noch einmal.',
  },
  13: {
    title: 'Vorlage nicht gefunden',
    reasons: {
      unknown: [
        'Die Vorlage {template} gibt es nicht, oder Sie haben keinen Zugriff darauf.',
        'Diese Vorlage gibt es nicht, oder Sie haben keinen Zugriff darauf.',
      ],
    },
    help: 'Suchen Sie die Vorlage unter allen Vorlagen. Wenn Sie auf eine Schaltfläche geklickt haben, melden Sie den Betreibern jener Seite, dass der Link veraltet ist.',
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
        'Für den Dateinamen fehlt der Parameter „{name}“; er wurde nicht gesendet.',
        'Für den Dateinamen fehlt ein Parameter, der nicht gesendet wurde.',
      ],
      withheld: [
        'Für den Dateinamen ist der Parameter „{name}“ erforderlich, der zurückgehalten wird: Er sieht nach Zugangsdaten aus.',
        'Für den Dateinamen ist ein Parameter erforderlich, der zurückgehalten wird: Er sieht nach Zugangsdaten aus.',
      ],
    },
    help: 'Tragen Sie ihn dort ein, woher die Werte kommen, und klicken Sie noch einmal auf die Schaltfläche. Wird er zurückgehalten, wenden Sie sich an die Betreuer der Vorlage.',
  },
  16: {
    title: 'Ungültiger Dateiname',
    reasons: {
      'not-a-name': [
        'Der Parameter „{name}“ ist eine Liste oder ein Objekt und kann nicht Teil eines Dateinamens sein.',
        'Eine Liste oder ein Objekt kann nicht Teil eines Dateinamens sein.',
      ],
      'not-allowed': [
        '„{name}“ kann hier nicht der Name einer Datei oder eines Ordners sein.',
        'Ein Dateiname ist erforderlich.',
      ],
      'folder-is-a-file': [
        '„{folder}“ ist eine Datei; in einem Ordner dieses Namens lässt sich das Notebook nicht speichern.',
        'Eine Datei hat den Namen des Ordners, in dem das Notebook gespeichert werden soll.',
      ],
      'template-name': 'Die geschweiften Klammern im Namen der Vorlage passen nicht zusammen.',
    },
    help: 'Wählen Sie einen anderen Namen mit höchstens 240 Byte und ohne Zeichen wie / : * ?, oder benennen Sie die vorhandene Datei um. Wenn der Name der Vorlage fehlerhaft ist, wenden Sie sich an ihre Betreuer.',
  },
  20: {
    title: 'Die Parameter sind ungültig',
    reasons: {
      'not-json': [
        'Die Parameter sind kein gültiges JSON (Zeile {line}, Spalte {column}).',
        'Die Parameter sind kein gültiges JSON.',
      ],
      'not-an-object': 'Die Parameter müssen ein einziges JSON-Objekt sein, zum Beispiel {"name": "wert"}.',
      'duplicate-name': [
        'Der Name „{name}“ kommt in einem Objekt zweimal vor (Zeile {line}, Spalte {column}).',
        'Der Name „{name}“ kommt in einem Objekt zweimal vor.',
        'In „{inside}“ kommt ein Name in einem Objekt zweimal vor (Zeile {line}, Spalte {column}).',
        'Ein Name kommt in einem Objekt zweimal vor (Zeile {line}, Spalte {column}).',
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
        'Das Formularfeld „{name}“ wurde mehrmals gesendet.',
        'Ein Formularfeld wurde mehrmals gesendet.',
      ],
      'mixed-fields':
        'Die Liste „files“ wurde auf zwei Arten geschickt: als „files“, „files[]“ oder „files[0]“, „files[1]“ und so weiter. Nur eine davon ist erlaubt.',
      'not-utf8': 'Die Anfrage ist kein gültiger UTF-8-Text.',
      'nul-character': [
        'Der Parameter „{name}“ enthält ein NUL-Zeichen, das es in der Sprache dieses Notebooks nicht gibt.',
        'Ein Wert enthält ein NUL-Zeichen, das es in der Sprache dieses Notebooks nicht gibt.',
      ],
      'null-refused': [
        'Der Parameter „{name}“ hat keinen Wert; diese Vorlage verlangt aber einen.',
        'Ein Parameter hat keinen Wert; diese Vorlage verlangt aber einen.',
      ],
      'not-as-declared': [
        'Die Parameter passen nicht zu dieser Vorlage: {names}.',
        'Die Parameter passen nicht zu dieser Vorlage.',
      ],
      'not-checkable': 'Diese Werte mit den Regeln der Vorlage zu prüfen, dauert zu lange.',
      'unknown-field': [
        'Das Formularfeld „{name}“ ist zusammen mit „params“ nicht erlaubt.',
        'Ein Formularfeld ist zusammen mit „params“ nicht erlaubt.',
      ],
      'cut-short': 'Die Anfrage ist unvollständig.',
      'not-as-expected': ['Die Anfrage ist ungültig ({place}).', 'Die Anfrage ist ungültig.'],
    },
    help: 'Korrigieren Sie die Werte dort, woher sie kommen, und senden Sie sie noch einmal. Wenn eine Schaltfläche sie gesendet hat, wenden Sie sich an die Betreiber jener Seite.',
  },
  21: {
    title: 'Anfrage zu groß',
    reasons: {
      parameters: [
        'Die Parameter überschreiten die Grenze von {limit} Byte.',
        'Die Parameter sind zu groß für diesen Dienst.',
      ],
      body: 'Die Anfrage ist zu groß für diesen Dienst.',
    },
    help: 'Senden Sie weniger: Legen Sie große Daten in eine Datei und senden Sie deren Namen oder Adresse.',
  },
  22: {
    title: 'Zugriff vom Hub verweigert',
    reasons: {
      'missing-scope': [
        'Ihrer Anmeldung fehlt der Scope „{scope}“.',
        'Ihrer Anmeldung fehlt ein erforderlicher Scope.',
      ],
      refused: ['Der Hub hat den Zugriff verweigert: {message}', 'Der Hub erlaubt das für Ihr Konto nicht.'],
    },
    help: 'Bitten Sie die Betreiber des Hubs um Zugang und senden Sie ihnen die Anfragenummer unten.',
  },
  23: {
    title: 'Ihr Server ist nicht gestartet',
    reasons: {
      failed: ['Der Hub meldet: {message}', 'Der Hub konnte Ihren Server nicht starten.'],
      'too-slow': 'Ihr Server hat zum Starten zu lange gebraucht.',
      stopped: 'Ihr Server wurde während des Starts beendet.',
      'named-off':
        'Dieses Notebook ist für einen Server mit einem Namen gedacht, und solche Server bietet dieser Hub nicht an.',
      'named-limit': [
        'Dieses Notebook ist für einen Server mit einem Namen gedacht, und Sie haben schon so viele, wie der Hub erlaubt ({limit}). Löschen Sie einen auf der Startseite des Hubs, oder nehmen Sie Ihren gewöhnlichen Server.',
        'Dieses Notebook ist für einen Server mit einem Namen gedacht, und Sie haben schon so viele, wie der Hub erlaubt. Löschen Sie einen auf der Startseite des Hubs, oder nehmen Sie Ihren gewöhnlichen Server.',
      ],
      busy: [
        'Ihr Server hat {minutes} Minuten lang in der Warteschlange gestanden und konnte nicht gestartet werden. Der Hub meldet: {message}',
        'Ihr Server hat {minutes} Minuten lang in der Warteschlange gestanden und konnte nicht gestartet werden.',
        'Ihr Server hat in der Warteschlange gestanden und konnte nicht gestartet werden.',
      ],
    },
    help: 'Versuchen Sie es noch einmal. Klappt es weiterhin nicht, starten Sie Ihren Server auf der Seite des Hubs: Dort finden Sie seine Startoptionen und genauere Angaben zum Fehler. Oder fragen Sie die Betreiber des Hubs.',
  },
  24: {
    title: 'Vorübergehend nicht erreichbar',
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
      'store-full': 'Der Dienst hat die Höchstzahl offener Anfragen erreicht.',
      'too-many-open':
        'Sie haben die Höchstzahl offener Anfragen pro Person erreicht. Die ältesten laufen von selbst ab.',
      'own-works':
        'Es werden gerade zu viele Ihrer Notebooks angelegt. Dieses kann angelegt werden, wenn einige fertig sind.',
    },
    help: 'Warten Sie eine Minute und versuchen Sie es noch einmal.',
  },
  26: {
    title: 'Diese Anfrage kam nicht von unserer Seite',
    reasons: {
      'not-our-page': 'Das abgeschickte Formular steht auf keiner Seite dieses Dienstes.',
      'other-address': [
        'Die Seite wurde unter {origin} geöffnet, die Adresse des Dienstes ist aber {known}. Für Admins: Der Proxy muss den Header Host unverändert weitergeben; sonst ist die öffentliche Adresse des Hubs zu setzen (c.JupyterHub.public_url, daraus bekommt der Dienst {setting}).',
        'Die Seite wurde nicht unter der Adresse des Dienstes geöffnet. Für Admins: Der Proxy muss den Header Host unverändert weitergeben; sonst ist die öffentliche Adresse des Hubs zu setzen (c.JupyterHub.public_url).',
      ],
      'no-token': 'Das abgeschickte Formular gehört nicht zu der Seite, die Ihnen angezeigt wurde.',
      'not-a-navigation': 'Die Seite wurde von einem Skript aufgerufen, nicht von Ihnen.',
    },
    help: 'Öffnen Sie die Seite noch einmal, prüfen Sie ihren Inhalt und klicken Sie dort.',
  },
  27: {
    title: 'Bitte melden Sie sich noch einmal an',
    reasons: {
      state: 'Die Anmeldung gehört zu einem anderen Browserfenster oder hat zu lange gedauert.',
      denied: 'Der Hub hat die Anmeldung abgelehnt.',
      exchange: 'Der Hub hat die Antwort auf die Anmeldung nicht akzeptiert.',
      'no-session': 'Sie haben sich am Hub abgemeldet, oder er kennt die Sitzung dieses Browsers nicht mehr.',
      'cookie-twice':
        'Der Browser hat eines unserer Cookies doppelt gesendet; deshalb wird keinem von beiden vertraut.',
    },
    help: 'Beginnen Sie von vorn. Wenn das nicht hilft, löschen Sie die Cookies dieser Seite oder verwenden Sie ein privates Fenster.',
  },
  28: {
    title: 'Absender nicht zugelassen',
    reasons: {
      sender: [
        'Dieser Dienst akzeptiert keine Anfragen von {sender}.',
        'Dieser Dienst akzeptiert keine Anfragen von dieser Seite.',
      ],
    },
    help: 'Wenn die Schaltfläche funktionieren soll, bitten Sie die Betreiber dieses Dienstes, die Seite zuzulassen.',
  },
  29: {
    title: 'Token erforderlich',
    reasons: { token: 'Das API-Token fehlt, ist abgelaufen oder wird hier nicht akzeptiert.' },
    help: 'Senden Sie im Header „Authorization“ ein Token des Hubs, das Zugriff auf diesen Dienst hat.',
  },
  30: {
    title: 'Seite nicht gefunden',
    reasons: { unknown: 'Unter dieser Adresse gibt es keine Seite.' },
    help: 'Suchen Sie unter allen Vorlagen.',
  },
  31: {
    title: 'Nicht unterstützter Inhaltstyp',
    reasons: {
      'content-type': [
        'Der Inhaltstyp {type} wird nicht unterstützt.',
        'Der Inhaltstyp der Anfrage wird nicht unterstützt.',
      ],
    },
    help: 'Senden Sie ein Formular (application/x-www-form-urlencoded) oder JSON (application/json).',
  },
}
