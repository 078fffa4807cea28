import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { certificate, privateKey } from '../hub/certificate.ts'
import { send } from './http.ts'
import { sparePort } from './ports.ts'
import { until } from './until.ts'

/**
 * A real nginx with TLS in front of a hub, as JupyterHub's documentation sets it up (*Using a reverse proxy*): `X-Scheme`, no
 * `X-Forwarded-Proto`, and a `Host` that has lost its port.
 *
 * @param hubUrl the hub's own public address
 * @param host what nginx passes on as `Host`; as in the documentation without it
 * @returns where browsers find it now, `/` at its end
 */
export async function startNginx(t: Test, hubUrl: string, host = '$host'): Promise<string> {
  const dir = t.testdir({ 'cert.pem': certificate, 'key.pem': privateKey })
  const port = await sparePort()
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(dir, name)};`,
  )
  const config = `
daemon off;
master_process off;
pid ${join(dir, 'pid')};
error_log ${join(dir, 'error.log')};
events {}
http {
  access_log off;
  ${places.join(' ')}
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${join(dir, 'cert.pem')};
    ssl_certificate_key ${join(dir, 'key.pem')};
    location / {
      proxy_pass ${hubUrl.slice(0, -1)};
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header Host ${host};
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Scheme $scheme;
      proxy_buffering off;
    }
  }
}
`
  writeFileSync(join(dir, 'nginx.conf'), config)
  const program = existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : 'nginx'
  const nginx = spawn(program, ['-p', dir, '-e', join(dir, 'error.log'), '-c', join(dir, 'nginx.conf')], {
    stdio: 'inherit',
  })
  t.teardown(() => nginx.kill())
  const url = `https://127.0.0.1:${port}/`
  await until('nginx to answer', async () => {
    if (nginx.exitCode !== null) throw new Error('nginx has ended')
    return (await send(`${url}hub/api`).catch(() => undefined))?.status === 200
  })
  return url
}
