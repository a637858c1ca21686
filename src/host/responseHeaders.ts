/**
 * Headers of every answer. The policy was tried against Cornerstone, its wasm codecs and workers and react-aria
 * (design page stack.md, 2.1): `data:` in connect-src for wasm that is fetched from a data URL, the nonce for the two
 * styles that react-aria injects, style attributes for text boxes. No 'unsafe-eval'.
 *
 * @param nonce  Random, one a launch; also in the page's <meta property="csp-nonce">.
 */
export function responseHeaders(nonce: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "worker-src 'self'",
      "connect-src 'self' data:",
      "img-src 'self' blob: data:",
      `style-src 'self' 'nonce-${nonce}'`,
      "style-src-attr 'unsafe-inline'",
      "font-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  };
}
