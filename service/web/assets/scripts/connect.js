/** Where the service does not know its own address, the browser does: it stands in what is to be pasted. */
const box = document.getElementById('connect')
const { unknown } = box.dataset
if (unknown !== undefined) {
  for (const snippet of box.querySelectorAll('pre')) {
    snippet.textContent = snippet.textContent.replaceAll(unknown, location.origin)
  }
  document.getElementById('connect-unknown').hidden = true
}
