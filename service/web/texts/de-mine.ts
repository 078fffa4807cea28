import type { MineTexts } from './texts.ts'

/** What *My notebooks* says, in German. */
export const deMine: MineTexts = {
  title: 'Meine Notebooks',
  lead: 'Was Sie mit diesem Dienst angelegt haben, das Neueste zuerst.',
  stopped: 'Ihr Server läuft nicht. Wenn Sie ein Notebook öffnen, startet der Hub ihn zuerst.',
  empty: 'Sie haben noch kein Notebook angelegt. Ihre Notebooks erscheinen dann hier.',
  open: 'Öffnen',
  source: ['Aus {name}:', 'Von'],
  form: 'Aus dem Formular dieses Dienstes',
  note: 'Die letzten hundert stehen hier, bis 180 Tage nach dem letzten. Wenn Sie eine Datei verschieben oder löschen, ändert sich diese Liste nicht.',
  clear: 'Verlauf löschen',
  clearNote: 'Das leert die Liste. Ihre Notebooks bleiben, wo sie sind.',
}
