/** The path of the page that stands in when ours stopped twice; it needs nothing of ours to be shown. */
export const stoppedPath = '/stopped.html';

const words = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Seldinger has stopped</title>
    <style>
      body { background: #101418; color: #c8ccd0; font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 36em; padding: 0 2em; }
      a { color: #8ec5ff; }
    </style>
  </head>
  <body>
    <h1>The window stopped twice</h1>
    <p>Every edit up to the last one is kept. Nothing was sent anywhere.</p>
    <p>
      <a href="/index.html">Open the window again</a>, then open the same images: your plan comes back with them. If it
      stops once more with the same images, open another series, and tell us what you did.
    </p>
  </body>
</html>
`;

/** @returns the page, which may run no script and load nothing. */
export function stoppedPage(): Response {
  return new Response(words, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
