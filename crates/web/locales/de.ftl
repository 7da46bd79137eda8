## The frame of every page
skip = Zum Inhalt springen
nav = Hauptmenü
nav-library = Karussells
nav-profiles = Profile
nav-members = Mitglieder
nav-settings = Einstellungen
nav-account = Dein Konto
nav-new = Neues Karussell
sign-out = Abmelden
role-owner = Inhaber
role-editor = Redaktion
role-reviewer = Prüfung
role-viewer = Nur lesen
email = E-Mail
password = Passwort
password-hint = Mindestens 10 Zeichen.
problems = { $count ->
    [one] Eines ist noch zu ändern:
   *[other] { $count } Angaben sind noch zu ändern:
}
score = Wertung, von 10
moment = { $day }.{ $month }.{ $year }, { $hour }:{ $minute }
day = { $day }.{ $month }.{ $year }
copy = Kopieren
copied = Kopiert

## Errors
error-title = Das hat nicht geklappt
error-home = Zu deinen Karussells
error-id = Wenn du das meldest, nenne { $id }.
error-no-page = Diese Seite gibt es nicht. Vielleicht ist sie umgezogen, oder die Adresse ist unvollständig.
error-forged = Diese Anfrage könnte von einer fremden Seite kommen und wurde nicht ausgeführt. Geh zurück, lade die Seite neu und wiederhole, was du getan hast.

## First visit
start-title = Willkommen bei Slidewright
start-lead = Du bist als Erste oder Erster hier, also wird dies dein Arbeitsbereich. Nichts verlässt diesen Rechner.
start-name = Dein Name
start-workspace = Name des Arbeitsbereichs
start-workspace-hint = Deine Firma, deine Marke oder einfach dein Name.
start-sign-in = So meldest du dich an
start-alone = Nur zum Ausprobieren auf diesem Rechner? Lass beides leer: Das Studio öffnet sich dann ohne Passwort, aber nur von diesem Rechner aus.
start-code = Einrichtungscode
start-code-hint = Der Server hat ihn beim Start ausgegeben, damit niemand sonst Inhaber wird.
start-wrong-code = ist nicht der Code, den der Server beim Start ausgegeben hat
start-needs-password = wird zusammen mit einer E-Mail-Adresse gebraucht, weil du nicht an dem Rechner sitzt, auf dem das Studio läuft
start-go = Arbeitsbereich anlegen

## Signing in
sign-in-title = Anmelden
sign-in = Anmelden
sign-in-alone = Studio öffnen
sign-in-alone-lead = Dieses Studio hat kein Passwort und öffnet sich nur von diesem Rechner aus.

## Library
library-title = Karussells
library-search = Titel suchen
library-state = Stand
library-all = Jeder Stand
library-archived = Archiviert
library-filter = Zeigen
library-none-found = Nichts hier passt dazu.
library-show-all = Alle zeigen
library-empty = Dein erstes Karussell ist nur Minuten entfernt
library-empty-lead = Gib einen Text von dir und wähle bei jedem Schritt unter echten Alternativen. Oder sieh dich erst mit einem Beispiel um.
library-example = Eines aus einem Beispiel machen
library-next = Mehr
library-more = Mehr zu { $title }
duplicate = Duplizieren
archive = Archivieren
unarchive = Zurück in die Bibliothek
group-writing = Wird geschrieben
group-waiting = Deine Wahl
group-failed = Fehlgeschlagen
group-ready = Fertig
group-posted = Gepostet
state-draft = Entwurf
state-generating = Wird geschrieben
state-awaiting-approval = Deine Wahl
state-failed = Fehlgeschlagen
state-ready = Fertig
state-exported = Heruntergeladen
state-scheduled = Geplant
state-publishing = Wird veröffentlicht
state-published = Veröffentlicht
done-archived = Archiviert. Du findest es unter „Archiviert“.
done-unarchived = Wieder in der Bibliothek.
done-duplicated = Dupliziert; das ist die Kopie.

## New
new-title = Neues Karussell
new-lead = Slidewright macht aus deinem eigenen Text Folien: Jede Zahl behält ihre Quelle.
new-source = Woraus es gemacht wird
new-text = Dein Text
new-text-hint = Füge einen Artikel, Notizen oder ein Transkript ein … ab einigen hundert Wörtern wird es am besten.
new-file = Oder eine Datei
new-url = Oder die Adresse eines Artikels
new-topic = Thema
new-topic-hint = Freiwillig. Sonst gilt der Titel des Textes.
new-shape = Wie es aussehen soll
new-slides = Folien (2 bis 10)
new-format = Format
format-4x5 = 4:5, Hochformat
format-1x1 = 1:1, Quadrat
format-3x4 = 3:4, hoch
format-9x16 = 9:16, Story
new-language = Sprache
new-language-own = Die des Textes
new-theme = Gestaltung
new-theme-any = Zeig mir drei
new-profile = Profil
new-profile-none = Keines
new-mode = Aufwand
mode-fast = Schnell
mode-balanced = Ausgewogen
mode-thorough = Gründlich
new-autopilot = Autopilot
new-autopilot-hint = Gibt in jeder Stufe selbst das Beste frei und hält an, wo nichts gut genug ist.
new-cost = Der Offline-Schreiber arbeitet: keine Kosten.
new-go = Schreiben

## The approval page
track = Stufen
stage-research = Recherche
stage-outline = Gliederung
stage-copy = Text
stage-hook = Aufhänger
stage-visual = Gestaltung
stage-caption = Bildunterschrift
lead-of-research = Was der Text Erzählenswertes sagt, jede Angabe mit ihrer Quelle.
lead-of-outline = In welcher Reihenfolge die Folien es erzählen.
lead-of-copy = Die Worte auf den Folien.
lead-of-hook = Die erste Folie: Bei ihr bleibt man hängen oder nicht.
lead-of-visual = Wie die Folien aussehen.
lead-of-caption = Was unter dem Beitrag steht, und was hört, wer die Folien nicht sehen kann.
stage-round = Runde { $round }
stage-rounds = Runden
stage-cost = bisher { $cost }
stage-feedback = Neu geschrieben wegen dieser Rückmeldung:
stage-failed = Diese Stufe konnte nicht geschrieben werden.
stage-retry = Noch einmal versuchen
stage-writing = { $count ->
    [0] Die Varianten werden geschrieben. Sie erscheinen hier, sobald sie fertig sind.
    [one] Wird geschrieben. Eine Variante ist fertig.
   *[other] Wird geschrieben. { $count } Varianten sind fertig.
}
stage-chosen = Gewählt
autopilot = der Autopilot
free = kostenlos
written-by = Geschrieben vom Schreiber „{ $writer }“
written-by-person = Von Hand bearbeitet
slides = Folien
slide-n = Folie { $n }
copy-words = Alle Worte mit ihren Quellen
sources = Quellen
research-questions = Was das Publikum fragt
research-ideas = Was man zeigen könnte
caption-length = { $count } von 2.200 Zeichen
alt-text = Alternativtext
why = Warum diese Wertung
why-dimension = Was gemessen wurde
why-value = Wert
why-weight = Gewicht
weight-prior = Annahme
weight-fitted = angepasst
rate = Deine Sterne
stars = { $count ->
    [one] 1 Stern
   *[other] { $count } Sterne
}
rating-of = { $stars ->
    [one] 1 Stern von
   *[other] { $stars } Sterne von
}
feedback = Rückmeldung
rate-save = Speichern
rate-saved = Gespeichert
done-rated = Deine Bewertung ist gespeichert.
approve = Freigeben
edit = Bearbeiten
done-regenerating = Eine weitere wird geschrieben; sie erscheint gleich hier.
regenerate = Noch so eine
cancel = Abbrechen
reject-title = Nichts dabei?
reject-feedback = Was soll anders sein?
reject-hint = Höchstens 500 Zeichen. Die nächste Runde wird damit geschrieben und meidet, was hier steht.
reject-go = Alle ablehnen und neu schreiben
reopen-hint = Wer neu wählt, öffnet diese Stufe wieder; was danach freigegeben wurde, zählt nicht mehr.
reopen-go = Neu wählen
keys = Tasten:
keys-rate = bewerten
keys-approve = freigeben
keys-move = weiter und zurück
keys-edit = bearbeiten
role-of-hook = Aufhänger
role-of-context = Zusammenhang
role-of-point = Punkt
role-of-proof = Beleg
role-of-example = Beispiel
role-of-summary = Zusammenfassung
role-of-cta = Aufforderung
strategy-comprehensive = Umfassend
strategy-focused = Auf einen Punkt
strategy-visual_first = Bildhaft
strategy-narrative = Erzählend
strategy-informational = Informierend
strategy-action = Zum Handeln
strategy-educational = Lehrreich
strategy-conversational = Im Gespräch
strategy-professional = Sachlich
strategy-pattern_interrupt = Musterbruch
strategy-curiosity_gap = Neugier
strategy-bold_claim = Kühne Behauptung
strategy-fomo = Etwas verpassen
strategy-contrarian = Gegenrede
strategy-direct_benefit = Direkter Nutzen
strategy-question = Frage
strategy-list_number = Anzahl
strategy-how_to = Anleitung
strategy-surprise = Überraschung
strategy-modern_minimal = Modern und schlicht
strategy-bold_vibrant = Kräftig und bunt
strategy-tech_professional = Technisch und sachlich
strategy-short = Kurz
strategy-story = Geschichte
strategy-save_this = Zum Speichern

## Editing
edit-title = Bearbeiten
edit-lead = Deine Fassung wird eine eigene Variante neben den anderen; das Original bleibt.
edit-whole = Das Ganze
edit-list = Ein Eintrag je Zeile.
edit-save = Als neue Variante speichern
edit-preview = Die Folie mit deinen Worten
edit-fits = Es passt.
edit-no-script = Die Vorschau braucht JavaScript; speichern geht ohne.
done-edited = Als neue Variante gespeichert.
field-angle = Blickwinkel
field-fact = Angabe
field-title = Arbeitstitel
field-message = Was man danach weiß
field-headline = Überschrift
field-subline = Zeile darunter
field-body = Text
field-bullets = Liste
field-figure = Zahl
field-counts = Was sie zählt
field-quote = Zitat
field-attribution = Wer es gesagt hat
field-code = Code
field-left-title = Titel links
field-left = Einträge links
field-right-title = Titel rechts
field-right = Einträge rechts
field-cta = Aufforderung
field-theme = Gestaltung
field-layout = Anordnung
field-caption = Bildunterschrift
field-hashtags = Hashtags
field-comment = Erster Kommentar
color-background = Hintergrund
color-surface = Karten
color-text = Text
color-muted = Nebentext
color-accent = Akzent
color-on-accent = Text auf dem Akzent
layout-cover = Titel
layout-text = Text
layout-bullets = Liste
layout-stat = Zahl
layout-quote = Zitat
layout-code = Code
layout-image = Bild
layout-comparison = Vergleich
layout-call_to_action = Aufforderung
