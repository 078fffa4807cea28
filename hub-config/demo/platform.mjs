/**
 * A small data platform for the demo: a page on another origin than the hub, whose buttons post what SampleDB's do (a
 * form with one hidden field `params`). The product is not in here.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const { objects } = JSON.parse(readFileSync(new URL('measurements.json', import.meta.url), 'utf8'))
const styles = readFileSync(new URL('platform.css', import.meta.url))

/**
 * @param {string} templatesUrl of the service, `/` at its end
 * @param {number} port on 127.0.0.1; open it as `localhost`, which to a browser is another site than the hub's address
 */
export function startPlatform(templatesUrl, port) {
  const html = page(templatesUrl)
  const server = createServer((request, response) => {
    const isStyles = request.url === '/platform.css'
    if (!isStyles && request.url !== '/') response.statusCode = 404
    response.setHeader('content-type', `text/${isStyles ? 'css' : 'html'}; charset=utf-8`)
    response.setHeader('cache-control', 'no-cache')
    response.end(isStyles ? styles : html)
  })
  server.listen(port, '127.0.0.1')
  return server
}

const page = (templatesUrl) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Measurements – a demo data platform</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="platform.css">
</head>
<body>
<header>
<p class="name">Sample Cellar</p>
<p>a stand-in for your data platform, on a site of its own</p>
</header>
<main>
<h1>Measurements</h1>
<p class="how">Press a button. Log in at the hub with any name and any password, look at what is about to be made, and create it.</p>
${objects.map((object) => measurement(object, templatesUrl)).join('\n')}
</main>
</body>
</html>
`

const measurement = ({ number, title, made, by, values, buttons }, templatesUrl) => `<article>
<h2><span>#${number}</span> ${escapeHtml(title)}</h2>
<p class="made">measured ${escapeHtml(made)} UTC by ${escapeHtml(by)}</p>
<dl>
${values.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('\n')}
</dl>
<h3>Notebooks</h3>
<ul>
${buttons.map((button) => notebookButton(button, templatesUrl)).join('\n')}
</ul>
</article>`

const notebookButton = ({ label, about, template, params }, templatesUrl) => `<li>
<form method="post" action="${escapeHtml(templatesUrl)}t/${escapeHtml(template.split('/').map(encodeURIComponent).join('/'))}">
<input type="hidden" name="params" value="${escapeHtml(params)}">
<button>${escapeHtml(label)}</button>
<span>${escapeHtml(about)}</span>
</form>
<details><summary>What is sent</summary><pre>${escapeHtml(template)}\n${escapeHtml(params)}</pre></details>
</li>`

function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
