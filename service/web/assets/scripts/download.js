/**
 * Says that the download has begun once its form is sent: the answer is a file, so the page that asked stays. An answer that is
 * a page, of an error for instance, takes its place. Without this script the page says so when it is loaded again.
 */
const changing = [...document.querySelectorAll('[data-then]')]

document.getElementById('download').addEventListener('submit', () => {
  const [title] = changing
  document.title = document.title.replace(title.textContent, title.dataset.then)
  for (const one of changing) one.textContent = one.dataset.then
})

// Who comes back from another page is told by the service what is so now.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload()
})
