/** The preview comes after the page itself, which is there sooner; without this script it comes with it. */
addEventListener('load', () => {
  for (const frame of document.querySelectorAll('iframe[data-src]')) frame.src = frame.dataset.src
})
