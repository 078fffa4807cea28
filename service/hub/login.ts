/**
 * Login through the Hub: OAuth 2.0 authorization code (RFC 6749) with PKCE S256 (RFC 7636) and a state of its own
 * for each login. The Hub is no OpenID provider and has no discovery, so its endpoints are written down here.
 *
 * No scopes are asked for: the Hub then grants all that `oauth_client_allowed_scopes` and the user have in common,
 * while a scope that is not allowed would end the login. What is missing is seen afterwards, by name.
 */
import { timingSafeEqual } from 'node:crypto'
import * as openid from 'openid-client'
import { Fault } from '../fault.ts'
import { discard, openTarget, readText, type TargetOptions } from './http.ts'
import { AnswerTooLong, Unreachable } from './http-errors.ts'

export interface LoginOptions extends Omit<TargetOptions, 'url'> {
  /** `JUPYTERHUB_API_URL`: as this service reaches the Hub. */
  readonly apiUrl: string
  /** Where a browser finds the Hub, ending in a slash: `/hub/`, or a URL. */
  readonly publicHubUrl: string
  readonly clientId: string
  /** The service's API token, which is the client's secret too. */
  readonly apiToken: string
  /** `JUPYTERHUB_OAUTH_CALLBACK_URL`, sent verbatim: the Hub compares texts, and its own is a bare path. */
  readonly callbackUrl: string
}

export interface Login {
  /** A new login. `url` is for the browser; `state` and `verifier` are to be kept for `finish`, out of its reach. */
  begin(): Promise<{ readonly url: string; readonly state: string; readonly verifier: string }>
  /**
   * What the browser brought back, for a token.
   *
   * @param back.query the query of the callback URL, without `?`
   * @throws Fault 27 state, 27 denied (the user or the Hub said no), 27 exchange, 24 hub
   */
  finish(back: {
    readonly query: string
    readonly state: string
    readonly verifier: string
  }): Promise<LoggedIn>
  close(): Promise<void>
}

export interface LoggedIn {
  readonly token: string
  /** How long the token holds, in seconds; the Hub gives no refresh tokens. */
  readonly expires_s: number
}

/** JupyterHub's own default (`oauth_token_expires_in`, two weeks), should an answer not say. */
const defaultExpiry_s = 14 * 24 * 3600
/** Stands in for the browser's view of this host in URLs that must be absolute for the library only. */
const here = 'http://here.invalid'

export function createLogin(options: LoginOptions): Login {
  const target = openTarget({ ...options, url: options.apiUrl })
  const config = new openid.Configuration(
    {
      issuer: options.apiUrl,
      authorization_endpoint: new URL('api/oauth2/authorize', new URL(options.publicHubUrl, here)).href,
      token_endpoint: `${here}${target.base}/oauth2/token`,
    },
    options.clientId,
    undefined,
    openid.ClientSecretPost(options.apiToken),
  )
  // The Hub's API is usually plain HTTP on an internal network; where it is not, its URL says so.
  openid.allowInsecureRequests(config)

  /** The library's only request: the exchange. It goes to the Hub's API and nowhere else. */
  config[openid.customFetch] = async (url, { method, headers, body, signal }) => {
    const form = new URLSearchParams(String(body))
    form.set('redirect_uri', options.callbackUrl)
    const answer = await target.request({
      method: method as 'POST',
      path: new URL(url).pathname,
      headers,
      body: form.toString(),
      signal,
    })
    if (answer.status >= 500) {
      await discard(answer)
      throw new Unreachable('token endpoint', new Error(`status ${answer.status}`))
    }
    const type = `${answer.headers['content-type'] ?? ''}`
    return new Response(await readText(answer, 1 << 16), {
      status: answer.status,
      headers: { 'content-type': type },
    })
  }

  return {
    async begin() {
      const verifier = openid.randomPKCECodeVerifier()
      const state = openid.randomState()
      const url = openid.buildAuthorizationUrl(config, {
        redirect_uri: options.callbackUrl,
        state,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.origin === here ? url.pathname + url.search : url.href, state, verifier }
    },

    async finish({ query, state, verifier }) {
      const back = new URL(`${here}/?${query}`)
      if (!isSame(back.searchParams.getAll('state'), state)) throw new Fault(27, 'state')
      try {
        const tokens = await openid.authorizationCodeGrant(config, back, {
          expectedState: state,
          pkceCodeVerifier: verifier,
        })
        return { token: tokens.access_token, expires_s: tokens.expires_in ?? defaultExpiry_s }
      } catch (error) {
        throw loginFault(error)
      }
    },

    close: () => target.close(),
  }
}

function isSame(sent: readonly string[], state: string): boolean {
  const [only = ''] = sent
  const [a, b] = [Buffer.from(only), Buffer.from(state)]
  return sent.length === 1 && a.length === b.length && timingSafeEqual(a, b)
}

/** The library's errors hold no secret in their text, but some hold the whole answer: only its error code is kept. */
function loginFault(error: unknown): Fault {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Unreachable || cause instanceof AnswerTooLong || cause.name === 'TimeoutError') {
      return new Fault(24, 'hub', {}, { cause })
    }
  }
  if (error instanceof openid.AuthorizationResponseError) {
    const reason = error.error === 'access_denied' ? 'denied' : 'exchange'
    return new Fault(27, reason, {}, { cause: new Error(`authorization answered ${error.error}`) })
  }
  if (error instanceof openid.ResponseBodyError) {
    const cause = new Error(`token endpoint answered ${error.status} ${error.error}`)
    return error.status >= 500
      ? new Fault(24, 'hub', {}, { cause })
      : new Fault(27, 'exchange', {}, { cause })
  }
  const text = error instanceof Error ? error.message : 'failed'
  return new Fault(27, 'exchange', {}, { cause: new Error(text) })
}
