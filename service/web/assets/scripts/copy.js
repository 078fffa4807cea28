/** Buttons that copy the text of another element. Without this script they are not there. */
for (const button of document.querySelectorAll('button[data-copies]')) {
  if (!navigator.clipboard) break
  const said = button.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim())
      button.textContent = button.dataset.copied
      setTimeout(() => {
        button.textContent = said
      }, 2000)
    } catch {
      // The browser does not allow it: the text is shown and selected, so that it can be copied by hand.
      const text = document.getElementById(button.dataset.copies)
      const fold = text.closest('details')
      if (fold) fold.open = true
      getSelection().selectAllChildren(text)
    }
  })
}
